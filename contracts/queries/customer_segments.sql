-- Customers, orders and revenue of each segment, and how long ago its customers ordered on average.
select
  segment,
  count(*) as customers,
  sum(orders) as orders,
  sum(net) as net,
  cast(sum(net) as double) / count(*) as net_per_customer,
  avg(recency_days) as mean_recency_days
from customer_value
group by segment
order by net desc, segment
