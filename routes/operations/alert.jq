# For whatever reads JSON. "id" is the same for every try to send this alert: who takes it twice drops it by that.
{id, alarm, state: (if .raised then "raised" else "clear" end), at, subject, text}
