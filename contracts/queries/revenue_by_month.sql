-- Orders, pieces and revenue of each month and country, the newest month first.
select
  date_trunc('month', day) as month,
  country,
  sum(orders) as orders,
  sum(units) as units,
  sum(gross) as gross,
  sum(net) as net
from revenue_by_day
group by date_trunc('month', day), country
order by month desc, country
