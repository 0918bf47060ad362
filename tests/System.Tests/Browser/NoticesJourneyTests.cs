using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using Gengdu.TestKit;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>What the half semester told people leads to pages that open; an address is proved before mail goes there; the administrator sees how mails go.</summary>
[Collection(nameof(ProvinceShared))]
public sealed class NoticesJourneyTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Links_OfRealNotices_OpenThePageOfTheAct()
    {
        var cancel = TestContext.Current.CancellationToken;
        var opened = new HashSet<string>();
        foreach (var user in new[] { People.Clerk("130100", "reporter"), People.Supervisor("130100"), People.Owner })
        {
            var items = (await (await province.SignedInAsync(user, cancel)).GetAsync("/api/supervision/notices?pageSize=100", cancel))["items"]!.AsArray();
            var news = items.Where(one => opened.Add(one!["kind"]!.GetValue<string>())).ToList();
            if (news.Count == 0)
            {
                continue;
            }

            await using var person = await browser.PersonAsync(province.System.Address, user, province.Options.Password, 390);
            foreach (var notice in news)
            {
                await person.GoAsync(notice!["link"]!.GetValue<string>());
                await Expect(person.Page.Locator("h1").First).ToBeVisibleAsync();
                await Expect(person.Page.GetByText("没有这个页面")).ToHaveCountAsync(0);
                await Expect(person.Page.Locator("[role=alert]")).ToHaveCountAsync(0);
            }
        }

        Assert.NotEmpty(opened);
    }

    [Fact]
    public async Task Address_IsProvedByTheCodeThatComesThere()
    {
        await using (var person = await browser.PersonAsync(province.System.Address, People.Own("reporter", 3), province.Options.Password, 390))
        {
            var page = person.Page;
            await person.GoAsync("/notices/settings");
            await page.GetByTestId("contact-email").FillAsync("school@notices.example");
            await page.Locator("button[type=submit]").ClickAsync();
            var proof = page.GetByTestId("proof-mail");
            await proof.GetByRole(Microsoft.Playwright.AriaRole.Button).First.ClickAsync();
            await Expect(proof.Locator("input")).ToBeVisibleAsync();
            await person.LookAsync("proof-390");
            await proof.Locator("input").FillAsync(await CodeAsync());
            await person.Page.Keyboard.PressAsync("Enter");
            await Expect(proof).ToHaveCountAsync(0);
            await Expect(page.GetByText("✓")).ToBeVisibleAsync();
            await person.LookAsync("proved-390");
        }

        await using var administrator = await browser.PersonAsync(province.System.Address, GengduSystem.Administrator, province.Options.Password, 1440, "en");
        await administrator.GoAsync("/notices/deliveries");
        await Expect(administrator.Page.GetByTestId("ways")).ToBeVisibleAsync();
        await administrator.LookAsync("deliveries-1440");
    }

    /// <summary>As its reader would take it from the mail, which was written under the address it proves.</summary>
    private async Task<string> CodeAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(await PostgresServer.AdministratorAsync(province.System.Database.Name)) { Pooling = false });
        var code = await Eventually.BecomesAsync(async () =>
        {
            await using var command = database.CreateCommand("select args ->> 'code' from identity.deliveries where kind = 'contact-code' and state = 'sent' order by id desc limit 1");
            return (string?)await command.ExecuteScalarAsync(cancel);
        }, sent => sent is not null, "the code is sent", cancel);
        var mails = await Task.WhenAll(Directory.GetFiles(Path.Combine(province.System.Outgoing, "mail"), "*.eml").Select(file => File.ReadAllTextAsync(file, cancel)));
        Assert.Contains(mails, mail => mail.Contains("To: school@notices.example", StringComparison.Ordinal));
        return code!;
    }
}
