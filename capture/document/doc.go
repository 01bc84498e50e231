// Package document observes work on the documents below a folder: which were
// edited, which were only open, which were exported, and when. It looks at
// names, sizes and times alone.
//
// It must not know what a document says (no file is ever opened or read), whose
// matter it belongs to, nor what becomes of an observation: it knows a
// [capture.Sink] and nothing behind it.
//
// Three parts, each of which works without the others: [Fold] turns raw file
// events into activities and has neither a clock nor a file system; the watcher
// turns a folder tree into raw events; [Source] remembers how far it has looked
// and records what it finds.
//
// Documents are files named *.docx, .docm, .doc, .dotx, .dot, .odt, .ott, .rtf,
// .wpd, .pdf, .xlsx, .xlsm, .xls, .csv, .ods, .pptx, .ppt, .odp, .txt, .md,
// .pages, .numbers, .key, .msg, .eml, .tex, .html and .htm; all others are
// ignored. So are hidden files and folders, whatever an office program leaves
// beside a document while it saves, node_modules, and, in NetDocuments' cache
// (ND Office Echo) only, the folders Backup, Attachments and Comparisons, whose
// copies nobody edits.
//
// Documents that pour in are no work: more than 20 that appear within ten
// seconds, none of them open, were unpacked, copied, or fetched from the cloud.
// One that appears alone may be either, so it counts: as an edit of one moment,
// of which nothing but that moment is known. So does a PDF, which may be a
// download as well as what someone saved.
package document
