# A Teams workflow "When a Teams webhook request is received" takes a message with an adaptive card, of 28 KB at most:
# https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
(.text | if length > 9000 then .[0:9000] + "…" else . end) as $text
| {
    type: "message",
    attachments: [{
      contentType: "application/vnd.microsoft.card.adaptive",
      contentUrl: null,
      content: {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        type: "AdaptiveCard",
        version: "1.4",
        msteams: {width: "Full"},
        body: [
          {type: "TextBlock", text: .subject, weight: "Bolder", size: "Medium", wrap: true,
           color: (if .raised then "Attention" else "Good" end)},
          {type: "TextBlock", text: ($text | gsub("\n"; "\n\n")), wrap: true},
          {type: "TextBlock", text: (.alarm + ", " + .at), isSubtle: true, size: "Small", wrap: true}
        ]
      }
    }]
  }
