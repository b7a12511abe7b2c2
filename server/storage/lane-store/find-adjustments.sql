-- Adjustments that these requests made before. $2: [request key]
select id, request from adjustment
where tenant_id = $1 and request in (select value from jsonb_array_elements_text($2::jsonb))
