# Slack's incoming webhook: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
# In text and mrkdwn the signs &, < and > are markup; a section holds 3,000 characters.
(.subject | gsub("&"; "&amp;") | gsub("<"; "&lt;") | gsub(">"; "&gt;")) as $subject
| {
    text: $subject,
    blocks: [
      {type: "section", text: {type: "mrkdwn",
        text: ((if .raised then ":red_circle: *" else ":large_green_circle: *" end) + $subject + "*")}},
      {type: "section", text: {type: "plain_text",
        text: (if (.text | length) > 2900 then .text[0:2900] + "…" else .text end)}},
      {type: "context", elements: [{type: "plain_text", text: (.alarm + ", " + .at)}]}
    ]
  }
