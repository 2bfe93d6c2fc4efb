# The role was asked for as a component of the enhanced data model: 200, or 404.
if (header("CamelHttpResponseCode") | tostring) == "200" then "enhanced" else "standard" end
