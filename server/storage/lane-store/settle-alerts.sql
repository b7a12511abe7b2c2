-- $2: now; $3: [subject]
update alert set closed_at = $2::timestamptz
where tenant_id = $1 and closed_at is null and subject in (select value from jsonb_array_elements_text($3::jsonb))
