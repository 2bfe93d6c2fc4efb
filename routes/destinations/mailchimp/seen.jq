# A member as Mailchimp shows it, in the shape of member.jq: https://mailchimp.com/developer/marketing/api/list-members/
# Archived and bounced members get no mail either, so that they count as unsubscribed.
{
  member: {
    email_address: .email_address,
    merge_fields: .merge_fields,
    language: .language,
    status: (if .status == "subscribed" or .status == "pending" then .status else "unsubscribed" end)
  },
  tags: [.tags[]?.name]
}
