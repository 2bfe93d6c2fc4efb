# The note of the last write, without those of our tags that somebody took away since.
(variable("note") // "") as $note
| [.tags[]?.name] as $there
| if $note == "" or $note == "unsubscribed" then $note
  else ($note | split(",")) as $ours | ($ours - ($ours - $there)) | join(",") end
