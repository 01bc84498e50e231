package language

// verbs are the verbs of narratives by class, each in its base form; the other
// forms follow from it, or stand behind slashes: past, participle, gerund. A
// tilde marks a word that is more often a noun ("answer", "order"), which leads
// a clause only where nothing else can.
var verbs = []struct {
	class Class
	task  bool // a unit of work; otherwise mostly a purpose: "to ensure"
	words string
}{
	{Draft, true, `draft redraft revise edit modify amend write/wrote/written/writing rewrite/rewrote/rewritten/rewriting
		prepare compose finalize finalise update~ supplement~ complete comment~ redline~ annotate outline~ formulate generate
		create develop propose incorporate memorialize respond reply~ answer~ summarize summarise draught prep/prepped/prepped/prepping
		fill_out/filled_out/filled_out/filling_out fill_in/filled_in/filled_in/filling_in mark-up proofread/proofread/proofread/proofreading digest~ plead redact`},
	{Learn, true, `familiarize familiarise acquaint reacquaint refamiliarize learn/learned/learnt/learning read_in/read_in/read_in/reading_in
		read_into/read_into/read_into/reading_into`},
	{Draft, true, `refine polish tweak restructure tighten expand condense insert craft itemize itemise enumerate populate dictate bluebook restate tailor
		author~ engross diagram~ chart_out/charted_out/charted_out/charting_out flesh_out/fleshed_out/fleshed_out/fleshing_out`},
	{Review, true, `scrutinise sift triage browse look_at/looked_at/looked_at/looking_at look_over/looked_over/looked_over/looking_over
		look_through/looked_through/looked_through/looking_through go_through/went_through/gone_through/going_through
		go_over/went_over/gone_over/going_over work_through/worked_through/worked_through/working_through double-check cross-check cross-reference
		spot-check reconsider note_up/noted_up/noted_up/noting_up`},
	{Analyze, true, `dissect appraise value~ probe~ reassess re-evaluate reevaluate forecast~ tally~ trace~ diagnose deconstruct project~ rank~`},
	{Communicate, true, `ring~/rang/rung/ringing remind alert~ relay~ convey apprise enquire acknowledge ask touch_base/touched_base/touched_base/touching_base
		check_in/checked_in/checked_in/checking_in reach_out/reached_out/reached_out/reaching_out write_to/wrote_to/written_to/writing_to`},
	{Confer, true, `chat~/chatted/chatted/chatting caucus~ bargain~ hash_out/hashed_out/hashed_out/hashing_out`},
	{Appear, true, `represent sit_in/sat_in/sat_in/sitting_in`},
	{Other, true, `purchase~ buy/bought/bought/buying pay~/paid/paid/paying enroll enrol/enrolled/enrolled/enrolling enter waive elect~ nominate swear/swore/sworn/swearing
		attest effect~ effectuate discharge~ redeem cancel postpone adjourn reschedule_with commission~ restrain~ suspend grant~ deny`},
	{Review, true, `review read/read/read/reading reread/reread/reread/rereading re-read/re-read/re-read/re-reading peruse
		inspect study~ revisit check~ verify listen cite-check shepardize receive re-review skim/skimmed/skimmed/skimming screen~ watch~`},
	{Analyze, true, `analyze analyse assess evaluate consider contemplate ponder compare calculate compute weigh critique~ interpret reconcile
		audit~ explore investigate vet/vetted/vetted/vetting examine scrutinize synthesize reanalyze
		look_into/looked_into/looked_into/looking_into`},
	{Research, true, `research`},
	{Communicate, true, `email e-mail call telephone phone~ correspond communicate contact~ notify inform advise
		send/sent/sent/sending forward~ exchange~ follow_up/followed_up/followed_up/following_up inquire get_hold_of/got_hold_of/got_hold_of/getting_hold_of chase~ message~ text~ follow-up voicemail~ teleconference~ transmit~ caution`},
	{Confer, true, `confer/conferred/conferred/conferring discuss meet/met/met/meeting conference~ interview negotiate consult debrief
		speak/spoke/spoken/speaking talk~ converse mediate`},
	{Appear, true, `attend appear argue depose defend cross-examine participate present~ testify observe try/tried/tried/trying
		second-chair arbitrate`},
	{Strategize, true, `strategize strategise devise brainstorm theorize deliberate~ reflect_on/reflected_on/reflected_on/reflecting_on
		map_out/mapped_out/mapped_out/mapping_out think/thought/thought/thinking plan~/planned/planned/planning`},
	{Manage, true, `handle manage coordinate assist facilitate work~ deal~/dealt/dealt/dealing address~ administer liaise`},
	{Supervise, true, `supervise oversee/oversaw/overseen/overseeing delegate assign instruct direct train~ mentor~ monitor~ staff~`},
	{Clerical, true, `copy~ photocopy scan~/scanned/scanned/scanning print~ mail~ fax~ calendar~ schedule~ reschedule docket~ collate
		bind/bound/bound/binding label~ number~ bates-stamp bates-label bates-number bates_label/bates_labeled/bates_labelled/bates_labeling bates_stamp/bates_stamped/bates_stamped/bates_stamping
		paginate bates_number/bates_numbered/bates_numbered/bates_numbering stamp~ upload download tab~/tabbed/tabbed/tabbing deliver type~
		rename format~ courier~ hand-deliver save reformat ship~/shipped/shipped/shipping fedex xerox
		diarise diarize process~ set_up/set_up/set_up/setting_up split~/split/split/splitting bookmark~ notarize notarise post~ distribute circulate~ key_in/keyed_in/keyed_in/keying_in
		pick_up/picked_up/picked_up/picking_up drop_off/dropped_off/dropped_off/dropping_off collect_from/collected_from/collected_from/collecting_from
		dispatch~ transcribe digitize digitise burn~/burned/burnt/burning duplicate~ reproduce import~ laminate frank refile re-file bank_cheque
		enter_time/entered_time/entered_time/entering_time record_time/recorded_time/recorded_time/recording_time input_time/input_time/input_time/inputting_time
		log_time/logged_time/logged_time/logging_time put_together/put_together/put_together/putting_together
		arrange load~ reserve~ book~ staple hole-punch archive~ shred file-stamp conform assemble repaginate`},
	{File, true, `file~ e-file efile serve lodge~ submit/submitted/submitted/submitting`},
	{Organize, true, `organize organise compile index~ sort~ tabulate catalog~ gather collect maintain tag~/tagged/tagged/tagging`},
	{Gather, true, `obtain locate retrieve pull~ procure find/found/found/finding search~ get/got/gotten/getting`},
	{Travel, true, `travel~ drive~/drove/driven/driving fly~/flew/flown/flying commute~ return~`},
	{Other, true, `execute run/ran/run/running sign~ close~ settle resolve oppose object~ stipulate certify issue~ withdraw/withdrew/withdrawn/withdrawing
		give/gave/given/giving terminate implement recommend produce~ designate counsel~ register~ record~ form~ probate~ appeal~ prosecute
		convert~ transfer~ tender~ demand~ request~ order~ move~ note~ report~ brief~ bill~ claim~ release~ dismiss quash subpoena~
		render progress~ authenticate translate simulate map~ chart~ track~ open~`},
	{Other, false, `refresh ensure mitigate comply/complied/complied/complying determine avoid support~ include provide identify confirm clarify
		protect preserve defeat establish demonstrate show~ prove explain understand/understood/understood/understanding
		minimize maximize reduce eliminate satisfy assert challenge~ rebut refute limit~ compel/compelled/compelled/compelling
		strike/struck/stricken/striking exclude enforce seek/sought/sought/seeking extend preclude bifurcate
		consolidate remand stay~ vacate enlarge shorten substitute intervene enjoin appoint remove approve sell/sold/sold/selling use~ employ
		lift~ retain assume reject admit/admitted/admitted/admitting correct anticipate accompany reflect
		allege raise relate associate~ require govern concern~ involve constitute integrate highlight clear pursue help~
		cure narrow become/became/become/becoming proceed reach~ decide select test~ model~ estimate~ quantify allocate disclose reopen seal~
		answer-in`},
}

// aspects are verbs that say only that the work began, went on or was done at
// all; the work is the verb or noun that follows.
const aspects = `begin/began/begun/beginning start~ continue finish commence conduct perform undertake/undertook/undertaken/undertaking
	engage do/did/done/doing make/made/made/making hold/held/held/holding have/had/had/having take/took/taken/taking attempt~ resume
	initiate place~ further leave/left/left/leaving`

// nominals are the nouns that lead a clause in place of a verb: "Review of …".
var nominals = []struct {
	class Class
	base  string // the verb it belongs to, for its stem; empty: itself
	words string
}{
	{Draft, "draft", "drafting"},
	{Draft, "revise", "revision revisions"},
	{Ready, "prepare", "preparation prep"},
	{Draft, "finalize", "finalization"},
	{Review, "review", "review re-review perusal"},
	{Review, "receive", "receipt"},
	{Review, "inspect", "inspection"},
	{Review, "check", "check cite-check"},
	{Analyze, "analyze", "analysis analyses"},
	{Analyze, "assess", "assessment"},
	{Analyze, "evaluate", "evaluation"},
	{Analyze, "consider", "consideration"},
	{Analyze, "investigate", "investigation"},
	{Analyze, "examine", "examination"},
	{Research, "research", "research legal_research"},
	{Communicate, "email", "email emails e-mail e-mails email_correspondence e-mail_correspondence email_communications email_exchange email_exchanges"},
	{Communicate, "call", `call calls telephone_call telephone_calls phone_call phone_calls telephone_communications tc t/c tcs telcon
		telephone_contact telephone_attendance zoom_call conference_call conference_calls video_call teams_call t/cs telecon teleconf`},
	{Communicate, "correspond", "correspondence letter letters"},
	{Communicate, "communicate", "communication communications exchange exchanges voicemail voicemails voice_mail voice_mails voice_message voice_messages vm vms lvm lm msg text_message text_messages message messages"},
	{Confer, "confer", `conference conferences telephone_conference telephone_conferences teleconference teleconferences video_conference
		videoconference phone_conference conf zoom_conference tele-conference office_conference office_conferences intra-office_conference
		intraoffice_conference interoffice_conference inter-office_conference internal_conference in-house_conference tel_conf telephone_conf
		strategy_conference strategy_session o/c`},
	{Confer, "meet", "meeting meetings zoom_meeting team_meeting meet_and_confer video_meeting internal_meeting strategy_meeting strategy_call team_call internal_call huddle"},
	{Confer, "discuss", "discussion discussions"},
	{Confer, "negotiate", "negotiation negotiations"},
	{Confer, "interview", "interview interviews"},
	{Confer, "consult", "consultation consultations"},
	{Appear, "attend", "attendance"},
	{Appear, "appear", "appearance court_appearance"},
	{Appear, "participate", "participation"},
	{Manage, "coordinate", "coordination"},
	{Manage, "attend-to", "attention"},
	{Manage, "work", "work"},
	{Manage, "assist", "assistance"},
	{Supervise, "supervise", "supervision oversight"},
	{Supervise, "delegate", "delegation assignment"},
	{Clerical, "schedule", "scheduling calendaring docketing photocopying copying scanning filing_and_service"},
	{File, "file", "filing"},
	{Organize, "organize", "organization"},
	{Organize, "maintain", "maintenance"},
	{Organize, "compile", "compilation"},
	{Travel, "travel", "travel travel_time trip roundtrip round-trip return_trip"},
	{Strategize, "strategize", "strategizing brainstorming"},
}

// adverbs may stand before a verb that leads a clause, and say nothing.
const adverbs = `further brief briefly extensive extensively additional multiple several various numerous detailed lengthy long short
	initial final finally also again jointly promptly quickly carefully thorough thoroughly substantively repeated repeatedly
	separate separately later subsequent subsequently ongoing continued continuing continuous follow-up followup preliminary preliminarily
	electronically telephonically remotely virtually only just personally first second urgent two three four five six many series joint
	re up back together today yesterday same-day early late morning afternoon evening private
	telephonic in-person emergency internally well closely partially`
