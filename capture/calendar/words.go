package calendar

import "strings"

// machineWords say what became of a meeting, in the words that Outlook,
// Exchange, Google, Apple and Notes put before a title in their languages, and
// in those that people use instead. They are folded.
var machineWords = func() map[string]string {
	m := map[string]string{}
	for status, words := range map[string]string{
		"cancelled": `canceled, cancelled, abgesagt, storniert, annulé, annulée, supprimé, cancelado, cancelada, anulado, anulada,
			annullato, annullata, cancellato, cancellata, geannuleerd, afgelast, vervallen, avlyst, kansellert, inställt, inställd, inställda, avbokat, avbokad,
			aflyst, annulleret, peruutettu, peruttu, odwołane, odwołano, odwołany, anulowane, anulowano, отменено, отменена, отменён, отменен,
			скасовано, анулирано, zrušeno, zrušené, zrušená, lemondva, lemondták, törölve, elmarad, visszavonva, iptal, iptal edildi,
			ακυρώθηκε, ακυρωμένο, anulat, anulată, otkazano, otkazan, odpovedano, preklicano, tühistatud, atcelts, atcelta, atšauktas, atšaukta,
			cancel·lat, cancel·lada, anul·lat, aflýst, בוטל, מבוטל, בוטלה, ملغى, ملغاة, تم الإلغاء, تم إلغاء, ยกเลิก, ยกเลิกแล้ว, đã hủy, đã huỷ, dibatalkan,
			रद्द, रद्द किया गया, キャンセル, キャンセル済み, キャンセルされました, 取り消し, 取り消し済み, 取消, 取消済み, 中止, 已取消, 已取消的, 취소, 취소됨, 취소된`,
		"declined": `declined, abgelehnt, refusé, refusée, décliné, déclinée, rechazado, rechazada, declinado, rifiutato, rifiutata, declinato,
			afgewezen, geweigerd, recusado, recusada, avslått, avböjt, avböjd, avvisat, tackat nej, afvist, afslået, hylätty, kieltäydytty,
			odrzucono, odrzucone, odrzucony, отклонено, отклонена, відхилено, отказана, отхвърлено, odmítnuto, odmietnuté, odmietnutá,
			elutasítva, elutasította, reddedildi, απορρίφθηκε, respins, refuzat, odbijeno, zavrnjeno, keeldutud, tagasi lükatud, noraidīts, atmesta,
			rebutjat, rebutjada, נדחה, נדחתה, مرفوض, تم الرفض, ปฏิเสธ, ปฏิเสธแล้ว, đã từ chối, ditolak, अस्वीकृत,
			辞退, 辞退済み, 辞退しました, 欠席, 拒否, 已拒绝, 已拒絕, 已谢绝, 已謝絕, 已婉拒, 拒绝, 거절, 거절됨, 거절한`,
	} {
		for word := range wordsOf(words) {
			m[word] = status
		}
	}
	return m
}()

// spokenWords say it in words that people use, of a matter too: before a title,
// or beside a word for a meeting, a person has to say. They are folded.
var spokenWords = func() map[string]string {
	m := map[string]string{}
	for status, words := range map[string]string{
		"cancelled": `cancellation, called off, vacated, off calendar, taken off calendar, storno, stornierung, absage, entfällt, entfallen, fällt aus, ausgefallen,
			aufgehoben, annulation, suppression, cancelación, anulación, suspendido, suspendida, cancellazione, annullamento, annullering, annulering, cancelamento,
			avlysning, anulowanie, odwołanie, отмена, 中止のお知らせ, 取消通知`,
		"moved": `postponed, adjourned, deferred, verschoben, verlegt, vertagt, reporté, reportée, ajourné, ajournée, aplazado, aplazada, pospuesto, pospuesta,
			rinviato, rinviata, uitgesteld, verplaatst, adiado, adiada, utsatt, uppskjutet, udsat, siirretty, przełożone, przesunięte, перенесено, перенесена, 延期, 已延期, 연기, 연기됨,
			new time proposed, proposed new time, neue uhrzeit vorgeschlagen, neue zeit vorgeschlagen, nouvelle heure proposée, nueva hora propuesta, nuevo horario propuesto,
			nuovo orario proposto, nieuw tijdstip voorgesteld, nieuwe tijd voorgesteld, novo horário proposto`,
		"held": `hold, on hold, placeholder, place holder, blocker, tbc, tbd, tentative hold, date hold, save the date, platzhalter, reserviert, à confirmer, por confirmar, da confermare`,
	} {
		for word := range wordsOf(words) {
			m[word] = status
		}
	}
	return m
}()

// passingWords stand before a title and say nothing of whether it took place.
var passingWords = wordsOf(`re, fw, fwd, aw, wg, tr, rv, r, i, rif, sv, vs, vb, vl, antw, doorst, odp, pd, ynt, ilt, enc, res, 回复, 答复, 转发, 轉寄,
	updated, update, aktualisiert, mis à jour, mise à jour, actualizado, aggiornato, aggiornata, bijgewerkt, atualizado, oppdatert, uppdaterad, opdateret,
	accepted, zugesagt, angenommen, accepté, aceptado, accettato, geaccepteerd, aceito, aceite, tentative, tentatively accepted, mit vorbehalt, mit vorbehalt zugesagt,
	provisoire, provisional, provvisorio, voorlopig, provisório, copy, kopie, copie, copia, invitation, einladung, invitación, invito, uitnodiging, convite,
	reminder, erinnerung, rappel, following, external, ext`)

// meetingWords stand for any meeting: beside one of machineWords they make a
// sentence about it, which a person may have written.
var meetingWords = wordsOf(`event, meeting, appointment, call, invitation, hearing, deposition, depo, conference, mediation, trial, interview,
	this, the, was, is, been, has, with, note, all, by, per, due, to, at, request, organizer, organiser, court, judge, client, counsel, opposing,
	termin, besprechung, sitzung, verhandlung, anhörung, telefonat, anruf, wurde, mit, audience, appel, audiencia, llamada, udienza, zitting, rozprawa, совещание, заседание, événement, réunion, rendez-vous, évènement, evento, reunión, cita, riunione, appuntamento,
	vergadering, afspraak, gebeurtenis, reunião, compromisso, møte, møde, möte, händelse, kokous, tapahtuma, spotkanie, wydarzenie, встреча, собрание, мероприятие,
	会議, 会议, 會議, 予定, 活动, 活動, 회의, 일정, toplantı, etkinlik, schůzka, találkozó, esemény`)

// defaultTitles are those that programs give to time that is no meeting.
var defaultTitles = func() map[string]use {
	m := map[string]use{}
	for word := range wordsOf(`out of office, ooo, out of the office, abwesend, abwesenheit, nicht im büro, absent, absent du bureau, absente, absence du bureau,
		fuera de la oficina, ausente, fuori sede, fuori ufficio, afwezig, niet aanwezig, fora do escritório, ikke på kontoret, frånvarande, ikke til stede, ei paikalla,
		poza biurem, нет на работе, 不在, 不在办公室, 부재중, vacation, on vacation, pto, annual leave, on leave, sick leave, sick day, day off, holiday, urlaub, krank, krankheit,
		congé, congés, en congé, vacances, vacaciones, de vacaciones, ferie, in ferie, vakantie, vrij, férias, semester, ferier, urlop, отпуск, 休暇, 有給休暇, 请假, 휴가`) {
		m[word] = useAway
	}
	for word := range wordsOf(`working elsewhere, working from home, wfh, working location, arbeitet an einem anderen ort, travail à distance`) {
		m[word] = useElsewhere
	}
	for word := range wordsOf(`focus time, fokuszeit, temps de concentration, tiempo para concentrarse, momento di concentrazione, focustijd, tempo de foco, サイレント モード`) {
		m[word] = useFocus
	}
	return m
}()

func wordsOf(list string) map[string]bool {
	m := map[string]bool{}
	for word := range strings.SplitSeq(list, ",") {
		m[fold(word)] = true
	}
	return m
}
