using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using Gengdu.TestKit;
using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>From a number of the province's chart down to the cells of one school, and the way back up; on a desk in Chinese and on a phone in English.</summary>
[Collection(nameof(ProvinceShared))]
public sealed class FiguresJourneyTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Number_OpensDownToTheCells()
    {
        var (address, password) = (province.System.Address, province.Options.Password);
        await using var owner = await browser.PersonAsync(address, People.Owner, password, 1440);
        await owner.GoAsync("/dashboard");
        await owner.Page.GetByTestId("open-index").ClickAsync();
        await Expect(owner.Page.GetByTestId("index-parts")).ToBeVisibleAsync();
        await owner.LookAsync("index-province-1440");
        await owner.GoAsync("/dashboard");
        await owner.Page.Locator("button.ask").First.ClickAsync();
        await owner.Page.GetByTestId("open-figure").ClickAsync();
        await Expect(owner.Page.GetByTestId("figure-state")).ToHaveTextAsync("暂定");
        await Expect(owner.Page.GetByTestId("breakdown")).ToBeVisibleAsync();
        await Expect(owner.Page.GetByTestId("figure-schools")).ToBeVisibleAsync();
        await owner.LookAsync("figure-province-1440");
        await owner.Page.GetByTestId("breakdown-by").SelectOptionAsync("peers");
        await Expect(owner.Page.GetByTestId("breakdown").Locator("tbody tr").First).ToBeVisibleAsync();

        // Most of the number first: there is always something below.
        for (var level = 0; level < 3; level++)
        {
            await owner.Page.GetByTestId("figure-parts").Locator("tbody a").First.ClickAsync();
            await Expect(owner.Page.Locator("nav.crumbs a")).ToHaveCountAsync(level + 1);
        }

        await Expect(owner.Page.GetByTestId("agrees")).ToContainTextAsync("一致");
        await Expect(owner.Page.GetByTestId("figure-cells").Locator("tbody tr").First).ToBeVisibleAsync();
        await owner.LookAsync("figure-steps-1440");
        await QualityAsync(owner, "1440");

        await using var reviewer = await browser.PersonAsync(address, People.Reviewer(People.TriedCounty), password, 390, "en");
        await reviewer.GoAsync("/dashboard");
        await reviewer.Page.Locator("button.ask").First.ClickAsync();
        await reviewer.Page.GetByTestId("open-figure").ClickAsync();
        await Expect(reviewer.Page.GetByTestId("figure-parts")).ToBeVisibleAsync();
        await Expect(reviewer.Page.GetByTestId("figure-series")).ToBeVisibleAsync();
        await reviewer.LookAsync("figure-county-390");
        await reviewer.Page.GetByTestId("figure-parts").Locator("tbody a").First.ClickAsync();
        await Expect(reviewer.Page.GetByTestId("figure-series")).ToBeVisibleAsync();
        await reviewer.LookAsync("figure-steps-390");
        // No school of the tried county need have reported: those are left to other tests.
        await using var phone = await browser.PersonAsync(address, People.Owner, password, 390, "en");
        await QualityAsync(phone, "390");
        await SupervisionKnowsAsync();
    }

    /// <summary>The scores have come to those who draw samples.</summary>
    private async Task SupervisionKnowsAsync()
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(await PostgresServer.AdministratorAsync(province.System.Database.Name)) { Pooling = false });
        await Eventually.BecomesAsync(async () =>
        {
            await using var same = database.CreateCommand("select count(*) from analytics.school_quality a join supervision.school_quality s using (cycle_id, organisation_id) where a.score = s.score");
            return (long)(await same.ExecuteScalarAsync())!;
        }, count => count > 0, "supervision knows how well schools report", CancellationToken.None, seconds: 60);
    }

    /// <summary>From the chart to the schools that report worst, and into the first of them.</summary>
    private static async Task QualityAsync(Person person, string width)
    {
        await person.GoAsync("/dashboard");
        await person.Page.GetByTestId("to-quality").ClickAsync();
        // Judged within seconds, asked again every quarter of a minute.
        await Expect(person.Page.GetByTestId("quality-schools")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await person.LookAsync($"quality-{width}");
        await person.Page.GetByTestId("quality-schools").Locator("a").First.ClickAsync();
        await Expect(person.Page.GetByTestId("quality-parts").Locator("tbody tr")).ToHaveCountAsync(7);
        await person.LookAsync($"quality-school-{width}");
    }
}
