# What the note holds afterwards: every role ever given, divided by commas.
[(variable("note") // "" | split(","))[], .roles[]?] | map(select(. != "")) | unique | join(",")
