-- A reset deletes what is otherwise only ever added (IDN-11). The server cannot delete there itself; it asks this door,
-- which deletes in the workspace of the running transaction alone. Earlier resets stay on record.
create policy work_events_erasing on work_events for delete to current_user
    using (workspace_id = current_workspace() and kind <> 'workspace.data_reset');

create function erase_append_only(of_table text) returns bigint
    language plpgsql volatile security definer set search_path = covibe, pg_temp as $$
declare
    gone bigint;
begin
    case of_table
        when 'work_events' then
            delete from work_events where workspace_id = current_workspace() and kind <> 'workspace.data_reset';
        when 'usage_events' then
            delete from usage_events where workspace_id = current_workspace();
        when 'usage_seen' then
            delete from usage_seen where workspace_id = current_workspace();
        when 'spans' then
            delete from spans where workspace_id = current_workspace();
    end case;
    get diagnostics gone = row_count;
    return gone;
end;
$$;
