package language

// nouns are the nouns and adjectives of narratives with what they are and how
// much they tell. What is not listed is Concrete: a word of the matter itself.
var nouns = []struct {
	kinds  Kind
	detail Detail
	words  string
}{
	// Court papers. Those whose name is a sort of paper rather than one paper are Broad.
	{Filing | Document, Concrete, `complaint answer counterclaim cross-complaint cross-claim demurrer petition stipulation declaration affidavit
		subpoena interrogatory interrogatories rfa rfas rfp rfps rog rogs objection writ injunction judgment decree verdict jury_instruction
		jury_instructions voir_dire privilege_log proposed_order third-party_complaint amended_complaint request_for_admission
		requests_for_admission requests_for_admissions request_for_production requests_for_production
		special_interrogatories form_interrogatories notice_of_appeal notice_of_removal notice_of_deposition deposition_notice
		case_management_statement joint_report rule_26_report initial_disclosures witness_list exhibit_list pretrial_order protective_order
		scheduling_order proof_of_claim proofs_of_claim proof_of_service disclosure_statement plan_of_reorganization fee_application bankruptcy_petition
		schedules_and_statements adversary_complaint cash_collateral_motion stay_relief_motion first_day_motions adversary_proceeding
		inventory_and_appraisal accounting_petition office_action claim_chart claim_charts infringement_contentions invalidity_contentions
		patent_application trademark_application specimen_of_use mediation_brief mediation_statement settlement_conference_statement
		trial_brief opening_brief reply_brief appellate_brief opposition_brief motion_to_compel motion_to_dismiss motion_to_strike motion_to_quash
		motion_for_summary_judgment motion_in_limine motions_in_limine motion_to_transfer motion_for_sanctions motion_for_reconsideration
		motion_for_class_certification motion_for_preliminary_injunction motion_for_summary_adjudication motion_for_protective_order motion_for_new_trial
		class_certification_motion class_certification_opposition class_certification_brief opposition_to_class_certification summary_judgment_motion
		ex_parte_application memorandum_of_points_and_authorities points_and_authorities msj separate_statement bill_of_costs memorandum_of_law
		certificate_of_service meet_and_confer_letter demand_letter cease_and_desist_letter cease_and_desist paga_letter paga_notice
		right-to-sue_letter eeoc_charge charge_of_discrimination position_statement marital_settlement_agreement financial_disclosure
		order_to_show_cause request_for_order letters_testamentary tolling_agreement stipulated_judgment`},
	{Document, Broad, `recommendation deposition_question examination_question voir_dire_question`},
	{Filing | Document, Broad, `responsive_pleading motion brief order pleading opposition reply response application notice statement ruling discovery_request discovery_responses memorandum_in_support motion_papers moving_papers
		papers filing request contention disclosure submission appendix transcript`},
	{Document, Concrete, `agreement contract lease deed mortgage policy will trust indenture bylaws charter prospectus invoice ledger memorandum
		memo opinion report amendment addendum schedule_of_assets term_sheet letter_of_intent loi purchase_agreement merger_agreement
		nda non-disclosure_agreement confidentiality_agreement settlement_agreement employment_agreement separation_agreement
		severance_agreement operating_agreement stock_purchase_agreement asset_purchase_agreement shareholder_agreement loan_agreement
		credit_agreement guaranty promissory_note license resolution closing_checklist due_diligence_memorandum diligence_request_list
		disclosure_schedule disclosure_schedules terms_and_conditions terms_of_use privacy_policy handbook employee_handbook patent trademark
		prior_art specification claim_construction medical_records personnel_file police_report incident_report
		tax_return tax_returns financial_statements bank_statements time_records payroll_records pay_records time_and_pay_records
		wage_statements pay_data pay_codes timekeeping_records text_messages photographs deposition_transcript deposition_transcripts
		case_evaluation initial_case_evaluation case_assessment initial_case_assessment liability_analysis budget litigation_budget status_report case_assessment_report
		work_product consent form template outline redline checklist questionnaire consent_decree press_release retainer_agreement
		engagement_letter inventory appraisal valuation survey title_commitment estoppel_certificate easement covenant bill_of_sale
		side_letter opinion_letter legal_hold litigation_hold hold_notice reservation_of_rights tender_letter coverage_opinion
		certificate_of_insurance release settlement_release`},
	{Document | Generic, Vague, `document documents material item content version draft discovery_documents relevant_documents case_documents additional_documents`},
	{Document | Data, Broad, `testimony`},
	{Document | Data, Concrete, `data record production dataset spreadsheet metadata footage video recording`},
	{Message, Vague, `letter email e-mail correspondence communication call message voicemail telephone_call phone_call text
		email_correspondence telephone exchange note email_exchange telephone_calls fax`},
	{Message | Meeting, Vague, `meet_and_confer conference_call zoom_call teleconference conference meeting discussion telephone_conference video_conference videoconference
		zoom_meeting zoom_conference consultation session interview negotiation phone_conference conf dialogue zoom
		conversation strategy_session strategy_conference strategy_meeting strategy_call`},
	{Message | Meeting | Inside, Vague, `office_conference team_meeting team_call internal_call internal_meeting huddle intra-office_conference intraoffice_conference interoffice_conference inter-office_conference
		internal_conference in-house_conference o/c`},

	// Events.
	{Event, Broad, `hearing deposition depo trial mediation arbitration oral_argument argument inspection examination closing proceeding
		court court_appearance site_visit conference_with_court status_hearing sentencing arraignment walkthrough depositions
		appearance pre-trial cross-examination direct_examination cross redirect`},
	{Event | Meeting | Named, Concrete, `case_management_conference status_conference settlement_conference scheduling_conference pretrial_conference
		pre-trial_conference rule_26_conference rule_26(f)_conference mandatory_settlement_conference final_pretrial_conference cmc
		early_neutral_evaluation informal_discovery_conference trial_readiness_conference initial_case_management_conference 341_meeting
		meeting_of_creditors creditors'_meeting confirmation_hearing markman_hearing sale_hearing first_day_hearing board_meeting shareholder_meeting
		four-way_meeting unemployment_hearing preliminary_hearing`},

	// People.
	{Outside | Opponent, Vague, `opposing_counsel opposing_party adverse_party plaintiff's_counsel plaintiffs'_counsel plaintiffs_counsel
		defense_counsel defendant's_counsel defendants'_counsel claimant's_counsel counsel_for_plaintiff counsel_for_plaintiffs
		counsel_for_defendant counsel_for_defendants petitioner's_counsel respondent's_counsel adversary oc debtor's_counsel creditor's_counsel
		seller's_counsel buyer's_counsel lender's_counsel landlord's_counsel tenant's_counsel borrower's_counsel`},
	{Outside, Vague, `court co-counsel local_counsel client_representative claim_representative claims_representative
		adjuster claims_adjuster mediator judge court_clerk secretary_of_state clerk magistrate arbitrator trustee u.s._trustee carrier insurer insurance_carrier
		in-house_counsel general_counsel gc broker agent underwriter banker accountant auditor court_reporter reporter vendor regulator
		hr human_resources investigator_general prosecutor case_manager lender landlord bank seller buyer chambers committee_counsel
		claims_professional claim_professional insured's_broker outside_counsel united_states_trustee special_master referee guardian
		guardian_ad_litem title_company escrow_officer escrow_agent examining_attorney patent_examiner examiner process_server deputy
		third-party_administrator third_party_administrator ceo cfo coo president board director officer manager supervisor hr_manager board_of_directors
		joint_defense_counsel codefendants'_counsel co-defendants'_counsel codefendant's_counsel co-defendant's_counsel creditor creditors`},
	{Person, Concrete, `witness employee deponent custodian physician doctor nurse spouse child children heir beneficiary decedent executor
		administrator debtor tenant neighbor driver eyewitness declarant pmk pmq corporate_representative prospective_juror juror inventor
		former_employee personal_representative husband wife settlor grantor donor`},
	{Person, Exact, `mr mrs ms dr mr. mrs. ms. dr. hon `},
	{Party | Opponent, Vague, `plaintiff claimant opponent opposing adverse opposition_party`},
	{Party, Vague, `defendant client insured petitioner respondent appellant appellee company corporation party parties employer
		co-defendant codefendant cross-defendant cross-complainant third_party firm putative_class class_members`},
	{Inside, Vague, `associate partner paralegal team legal_team attorney attorneys lawyer staff legal_assistant assistant secretary colleague co-worker
		law_clerk trial_team litigation_team internal internally intra-office interoffice inter-office intraoffice legal_staff
		litigation_support case_team working_attorney counsel_team support_staff defense_team associates partners paralegals junior_associate
		senior_associate senior_partner junior_partner firm_personnel`},
	{Outside, Vague, `counsel attorney_for solicitor barrister counsel's_clerk interpreter`},
	{Expert, Concrete, `expert consultant investigator forensic_accountant damages_expert expert_witness economist statistician
		consulting_expert retained_expert appraiser jury_consultant private_investigator accident_reconstructionist
		biomechanical_expert medical_expert temporary_attorney contract_attorney contract_attorneys temporary_attorneys outside_paralegal
		outside_paralegals vocational_expert consulting_engineer life_care_planner forensic_examiner testifying_expert surveyor actuary toxicologist
		e-discovery_vendor ediscovery_vendor discovery_vendor document_vendor independent_medical_examiner forensic_expert`},
	{Outside | Opponent, Vague, `other_side`},
	{Inside, Vague, `fee_earner trainee colleagues`},
	{Expert | Document, Concrete, `expert_report expert's_report`},
	{Model, Concrete, `damages_model exposure_model valuation_model economic_model statistical_model damage_model regression_analysis
		statistical_analysis econometric_analysis`},
	{Count, Broad, `damages`},
	{Count, Concrete, `exposure assumption calculation sampling valuation class-wide class_wide classwide extrapolation class_assessment`},
	{Count | Abstract, Vague, `assessment analysis evaluation`},

	// Law.
	{Law, Concrete, `statute regulation rule code section § ordinance constitution precedent usc cfr rules_of_civil_procedure statutory common_law
		jury_instructions_law standing jurisdiction venue preemption estoppel privilege waiver damages_law standard_of_review burden_of_proof`},
	{Law, Broad, `case_law law authority authorities legal_authority caselaw cases precedents legal_citation citation legislation guidance`},

	// What stages are called.
	{Phase, Broad, `post-deposition pre-deposition post-hearing pre-hearing post-mediation pre-mediation discovery settlement litigation appeal pretrial trial_preparation defense investigation_phase resolution
		prosecution bankruptcy probate due_diligence diligence transaction deal class_action lawsuit suit pleadings motions
		 written_discovery fact_discovery expert_discovery e-discovery document_production negotiations
		merits class claim allegation cause_of_action liability transactional restructuring motion_practice settlement_negotiations dispute`},
	{Phase, Broad, `summary_judgment class_certification`},

	// What says nothing.
	{Abstract, Vague, `strategy approach plan tactic theme theory option next_steps next_step step goal objective direction case_strategy
		litigation_strategy trial_strategy legal_strategy defense_strategy strategies path_forward way_forward going_forward considerations
		thought idea concept position posture overview planning alternative preparation course_of_action best_approach
		game_plan discovery_plan strategic response_strategy discovery_strategy mediation_strategy settlement_strategy action_items action_item
		to-do_list developments risk prospect readiness`},
	{Generic, Vague, `services action case matter file issue fact question concern problem thing status update development information detail subject topic
		point aspect factor area situation circumstance event activity work task project effort assignment related_matters
		various_matters workload staffing caseload background evidence research search inquiry inquiries
		case_status case_issues legal_issues factual_issues outstanding_issues open_issues pending_matters case_matters client_matters
		case_file case_updates case_update need process procedure progress assistance recollection memory familiarity input feedback comment
		administration management coordination handling review revisions revision follow-up follow_up`},
	{CaseFile | Generic, Vague, `folder subfolder file_folder file case_file client_file matter_file files file_materials entire_file case_files legal_file`},
	{CaseFile | Filing, Broad, `docket court_docket docket_sheet docket_entries`},
	{Exhibit, Concrete, `exhibit binder index chart table chronology timeline tab notebook trial_notebook hearing_binder deposition_binder
		witness_binder bates attachment database hot_documents exhibits table_of_contents table_of_authorities
		deposition_summary deposition_summaries deposition_digest demonstrative demonstratives exhibit_stickers`},
	{Schedule, Vague, `scheduling calendar deadline logistics availability schedule dates travel_arrangements conference_room hotel reservation
		calendar_invite meeting_invite calendaring hearing_dates arrangements docketing rescheduling hearing_date reminder appointment tickler
		deposition_date mediation_date court_date key_date limitation_date dates_of_availability`},
	{Blank, Vague, `cover_sheet fax_cover_sheet civil_cover_sheet civil_case_cover_sheet case_cover_sheet summons transmittal transmittal_letter cover_letter
		enclosure_letter medical_authorization hipaa_authorization records_authorization authorization_form authorisation_form release_form
		hipaa_release subpoena_form court_form request_form claim_form_filing notice_of_appearance entry_of_appearance appearance_form change_of_address
		notice_of_change_of_address w-9 filing_fee witness_fee check_request cheque_requisition notice_of_electronic_filing ecf_notice
		ecf_notification ecf_receipt contact_list service_list mailing_list caption return_receipt envelope
		mailing_envelope case_caption filing_confirmation e-filing_confirmation efiling_confirmation confirmation_of_filing notice_of_filing notice_of_reassignment
		notice_of_case_assignment notice_of_judicial_assignment acknowledgement_of_receipt acknowledgment_of_receipt service_instructions mailing_label return_of_service summonses
		filing_fee_check fee_check package overnight_package parcel overnight_mail proof_of_mailing certificate_of_mailing contact packet address_list
		fax_confirmation delivery_confirmation`},
	{Document | Generic, Vague, `copy courtesy_copy certified_copy conformed_copy file-stamped_copy hard_copy`},
	{Carrier | Exhibit, Concrete, `bundle hearing_bundle trial_bundle court_bundle exhibit_notebook binder notebook trial_notebook trial_binder exhibit_binder hearing_binder deposition_binder witness_binder mediation_binder tab
		label exhibit_sticker exhibit_label exhibit_tab`},
	{House, Vague, `conflict_check conflicts_check conflict_search conflicts_search conflict_report conflicts_report conflict_clearance conflicts_clearance conflict_review conflicts_review conflict_screen conflicts_screening
		conflict_of_interest_check conflict_of_interest_search new_matter_form new_matter_opening new_matter_intake new_matter_intake_form intake_form intake_paperwork matter_opening
		file_opening file_closing pre-bill prebill billing_statement billing_narrative billing_entry time_entry billing_inquiry billing_record
		billing_question billing_summary monthly_invoice our_invoice interim_invoice final_invoice monthly_bill our_bill interim_bill final_bill our_fees our_legal_fees wip wip_ledger e-billing
		ebilling time_sheet fee_statement invoice_description billing_description bill_narrative invoice_narrative invoice_deduction bill_deduction invoice_appeal
		bill_appeal invoice_adjustment fee_audit_response our_time our_billing our_billings unpaid_fees outstanding_fees legal_fees billing conflicts_database conflict_database file_set-up file_setup new_file_set-up`},
	{Lesson, Vague, `basics self-study read-in transition_meeting handover_meeting practices_and_procedures individual_practices orientation familiarization familiarisation onboarding tutorial up_to_date up_to_speed training_session cle seminar webinar background_reading become_familiar becoming_familiar became_familiar get_familiar
		following_handover on_handover upon_handover on_transfer upon_transfer following_transfer on_taking_over upon_assignment on_assignment`},
	{Generic, Vague, `narrative entry phase housekeeping admin sundry no_answer no_reply no_response line_busy unable_to_reach`},
	{Approval, Vague, `approval authorization pre-approval consent_of preapproval authorisation authority_of approved authorized preapproved
		pre-approved consulted consulting authorised`},
	{Travelling, Vague, `travel flight airfare mileage drive trip train airport commute transit roundtrip round-trip return_trip travel_time mile miles mi
		en_route train_ride taxi cab uber airplane`},
	{Place, Vague, `office home court airport department dept courtroom superior_court district_court bankruptcy_court`},
	{Place, Concrete, `courthouse city county office_building warehouse jobsite site premises accident_scene scene`},
	{Anaphor, Nothing, `accordingly same thereof therein thereto therewith thereon therefor it them this these those foregoing aforementioned such
		related_issues aforesaid`},
	{0, Exact, `january february march april june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec
		monday tuesday wednesday thursday friday`},
	// Adjectives and quantities that add nothing.
	{0, Nothing, `related relevant applicable potential possible current recent new other legal factual general overall pending remaining
		outstanding necessary appropriate extensive key certain numerous various several multiple additional further many few more
		important significant proper proposed revised updated prior previous initial final preliminary open ongoing upcoming future
		substantive tactical miscellaneous misc different specific particular individual respective associated that their his her its
		next best broad complex critical whole entire complete litigious procedural administrative upcoming
		hours hour hrs min mins minutes time date day week today tomorrow month year part portion type kind number set series group
		purpose connection regard respect anticipation support light view addition accordance
		well as not no one two three four five both each every any some all first second third fourth last underlying informal formal written
		attorney-client attorneys' etc per via using etc. overall select prospective putative anticipated present due continued
		early third-party non-party later better good accompanying corresponding respective subsequent arising remainder transferred inherited existing lunch breakfast dinner coffee`},
}

// joining are the words that only join.
var joining = []struct {
	fn    Func
	rel   Rel
	words string
}{
	{Determiner, Within, "the a an all any some each every another no our my your whose most"},
	{Conjunction, Within, "and & or and/or plus as_well_as along_with together_with in_addition_to but"},
	{Sequence, Within, "then thereafter followed_by and_then afterwards while whereupon additionally"},
	{Infinitive, ToTo, "to in_order_to so_as_to"},
	{Preposition, ToTo, "unto toward towards addressed_to directed_to"},
	{Preposition, ToWith, "with w/ between among amongst by_and_between w"},
	{Preposition, ToAbout, `regarding re re: concerning about relating_to related_to with_respect_to with_regard_to in_regard_to in_regards_to
		with_regards_to in_re pertaining_to as_to in_connection_with in_relation_to with_reference_to respecting surrounding reg
		regards as_regards relative_to with_regarding touching_on pertaining related_with re. dealing_with associated_with arising_from
		arising_out_of relevant_to enclosing attaching transmitting`},
	{Preposition, ToFrom, "from received_from provided_by sent_by"},
	{Preposition, ToFor, "for on_behalf_of"},
	{Preposition, ToOn, "on upon over"},
	{Preposition, ToPurpose, `in_anticipation_of in_preparation_for for_purposes_of for_the_purpose_of for_purpose_of for_the_purposes_of
		in_advance_of ahead_of prior_to in_furtherance_of in_an_effort_to`},
	{Preposition, ToBy, "by per pursuant_to"},
	{Preposition, Within, `of in at into under against before after following during through within via without including concurrent_with
		in_support_of in_response_to in_opposition_to based_on because_of due_to in_light_of subject_to in_accordance_with according_to
		throughout until since out_of off onto near outside inside like versus v vs v. vs. below than as across past
		consistent_with for_use_in for_use_at other_than such_as opposed_to in_lieu_of`},
	{Pronoun, Within, "i we he she they us me who"},
	{Auxiliary, Within, "is are was were be been being will would shall should may might can could has must"},
	{Relative, Within, "which whether what how why when where if whom"},
}

// phrases are expressions with a joining word inside that would otherwise be
// taken for two things or for a preposition.
var phrases = []struct {
	kinds  Kind
	detail Detail
	words  string
}{
	{0, Concrete, `meal_and_rest_breaks meal_and_rest_break meal_periods_and_rest_breaks meal_and_rest_periods wage_and_hour wages_and_hours
		profit_and_loss errors_and_omissions health_and_safety research_and_development mergers_and_acquisitions search_and_seizure
		   rest_breaks meal_periods child_custody_and_support
		custody_and_visitation pain_and_suffering duty_to_defend statute_of_limitations statute_of_frauds
		breach_of_contract breach_of_fiduciary_duty off-the-clock_work hostile_work_environment
		work_environment wrongful_termination personal_jurisdiction rule_of_reason attorney_fees attorneys'_fees attorney's_fees workplace
		failure_to_accommodate duty_of_care power_of_attorney point_of_sale cross-motions good_faith bad_faith call_to_action call-to-action
		 chain_of_title change_of_control scope_of_work standing_order file_wrapper call_center call_option
		research_tax_credit travel_expense_policy travel_policy meeting_minutes board_minutes
		 work_comp workers'_compensation work_permit work_letter order_form order_book claim_form closing_conditions
		review_board exchange_act answering_brief`},
	{Generic, Vague, `pros_and_cons strengths_and_weaknesses issues_and_strategy rights_and_obligations`},
}
