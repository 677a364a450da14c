-- The reply to the checkout of the cart, which a second checkout repeats. NULL before a checkout.
ALTER TABLE carts ADD COLUMN checkout TEXT;
