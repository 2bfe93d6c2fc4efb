# The note of the last write, without those of our tags that somebody took away since. Of somebody who may have been asked
# by mail: nothing once they were, else what they were before.
(variable("note") // "") as $note
| [.tags[]?.name] as $there
| if $note == "asked" then
    if .status == "pending" or .status == "subscribed" then "" elif .status == "archived" then "archived" else "unsubscribed" end
  elif $note == "" or $note == "unsubscribed" or $note == "archived" then $note
  else ($note | split(",")) as $ours | ($ours - ($ours - $there)) | join(",") end
