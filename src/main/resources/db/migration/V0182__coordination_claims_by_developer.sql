-- How many claims were ever held for somebody, and when the last: what their profile says is kept about them.
create index claims_by_developer on claims (workspace_id, developer_id, claimed_at);
