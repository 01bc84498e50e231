// Package clio posts time entries to Clio Manage through its API v4, finds them
// there again, and lists matters.
//
// It follows Clio's published description (https://docs.developers.clio.com and
// the OpenAPI file there, version 4.0.9); openapi.yaml here describes, more
// strictly, the few endpoints that it uses. It must not know the outbox, the
// store, or where tokens are kept, and it never logs what it sends or receives.
package clio
