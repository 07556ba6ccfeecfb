-- The fifty products with the highest net revenue, and their share of their category's.
select
  product_id,
  product,
  category,
  orders,
  units,
  net,
  return_share,
  cast(net as double) / nullif(sum(cast(net as double)) over (partition by category), 0) as share_of_category
from product_performance
order by net desc, product_id
limit 50
