/** Fills and sends the example page's form. */
export async function fillForm(page) {
  await page.type('#trial-form [name="name"]', "Robin");
  await page.type('#trial-form [name="email"]', "robin@example.com");
  await page.choose('#trial-form [name="company_size"]', "11-50");
  await page.click('#trial-form [type="submit"]');
}
