-- Asking before a guess is looked at: counted afterwards only, the guess that happens to be right would always pass.
create function attempts_so_far(what text, who bytea, lasting interval) returns integer
    language sql stable security definer set search_path = covibe, pg_temp
begin atomic
    select coalesce(sum(count), 0)::integer from attempts
     where kind = what and who_hash = who and since = date_bin(lasting, now(), timestamptz '2000-01-01');
end;
