// While a check of an organization is under way, the page looks again until the answers are there.
if (document.querySelector('.badge.busy')) setTimeout(() => location.reload(), 3000);
