using System.Text.Json.Nodes;
using Gengdu.Province.Api;
using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using Gengdu.TestKit;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>
/// A reviewer of two counties has a view of each sent every morning, and then is a reviewer of one: the one is sent, the other stops, and both the
/// reviewer and the administrator of the county that was lost are told, without its name.
/// </summary>
[Collection(nameof(ProvinceShared))]
public sealed class ViewSendingJourneyTests(ProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int Patience = 120_000;
    private const string Reviewer = "zz.views.reviewer";
    private const string Lost = People.TriedCounty;
    private const string Secret = "只有本人知道的名称";

    [Fact]
    public async Task Sending_StopsWhenTheRightIsGone_AndThoseConcernedAreTold()
    {
        var cancel = TestContext.Current.CancellationToken;
        // One with a school in it.
        var other = Schools.Make(Division.Read(province.Options.DivisionsFile), province.Options.Schools, province.Options.Seed).Select(school => school.ParentCode).First(code => code != Lost && !code.EndsWith("00", StringComparison.Ordinal));
        var administrator = await province.SignedInAsync(GengduSystem.Administrator, cancel);
        await administrator.PostAsync("/api/identity/people/batch", new
        {
            people = new[] { new { userName = Reviewer, displayName = "两县审核", password = province.Options.Password, assignments = new[] { other, Lost }.Select(code => new { role = "county-reviewer", organisationCode = code }) } },
        }, cancel);
        Guid kept = await administrator.OrganisationAsync(other, cancel), lost = await administrator.OrganisationAsync(Lost, cancel);
        await using var reviewer = await browser.PersonAsync(province.System.Address, Reviewer, province.Options.Password, 1440);
        foreach (var place in new[] { kept, lost })
        {
            await OrderAsync(reviewer, place);
        }

        var session = await province.SignedInAsync(Reviewer, cancel);
        var right = (await session.GetAsync("/api/identity/me", cancel))["assignments"]!.AsArray().Single(one => one!["organisation"]!["id"]!.GetValue<Guid>() == lost)!;
        await administrator.DeleteAsync($"/api/identity/assignments/{right["id"]}", cancel);
        await DueAsync(cancel);

        var (sent, stopped) = (await ToldAsync(session, "view-sent", cancel), await ToldAsync(session, "view-stopped", cancel));
        await reviewer.GoAsync("/notices");
        await Expect(reviewer.Page.GetByTestId("notices")).ToContainTextAsync("已无权查看该单位");
        await reviewer.LookAsync("view-notices-1440");
        await reviewer.GoAsync(Link(sent));
        await Expect(reviewer.Page.GetByTestId("pivot")).ToBeVisibleAsync(new() { Timeout = Patience });
        await reviewer.GoAsync(Link(stopped));
        await Expect(reviewer.Page.GetByText("定时发送已停止：您已无权查看该单位。")).ToBeVisibleAsync(new() { Timeout = Patience });
        await Expect(reviewer.Page.GetByTestId("pivot")).ToHaveCountAsync(0);
        await reviewer.LookAsync("view-stopped-1440");

        var desk = await province.SignedInAsync(People.Administrator(Lost), cancel);
        Assert.DoesNotContain(Secret, (await ToldAsync(desk, "view-stopped", cancel)).ToJsonString(), StringComparison.Ordinal);
    }

    private static async Task OrderAsync(Person reviewer, Guid place)
    {
        var page = reviewer.Page;
        await reviewer.GoAsync($"/explore?place={place}&indicators=K01&rows=school-type");
        await page.GetByTestId("save-view").ClickAsync();
        await page.GetByTestId("view-name").FillAsync(Secret);
        await page.GetByTestId("view-sending").SelectOptionAsync("daily");
        await page.GetByTestId("confirm-view").ClickAsync();
        await Expect(page.GetByText("下次发送：")).ToBeVisibleAsync(new() { Timeout = Patience });
    }

    /// <summary>The morning has come, once analytics knows that the right is gone.</summary>
    private async Task DueAsync(CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(await PostgresServer.AdministratorAsync(province.System.Database.Name)) { Pooling = false });
        await Eventually.BecomesAsync(async () =>
        {
            await using var rights = database.CreateCommand("select count(*) from analytics.assignments a where a.person_id in (select owner_id from analytics.saved_views where name = $1) and not a.removed");
            rights.Parameters.Add(new() { Value = Secret });
            return (long)(await rights.ExecuteScalarAsync(cancellationToken))!;
        }, count => count == 1, "analytics knows of one right", cancellationToken);
        await using var due = database.CreateCommand("update analytics.saved_views set next_at = now() where name = $1");
        due.Parameters.Add(new() { Value = Secret });
        Assert.Equal(2, await due.ExecuteNonQueryAsync(cancellationToken));
    }

    private static async Task<JsonNode> ToldAsync(Session session, string kind, CancellationToken cancellationToken) =>
        (await Eventually.BecomesAsync(
            async () => (await session.GetAsync("/api/supervision/notices?pageSize=100", cancellationToken))["items"]!.AsArray().FirstOrDefault(one => one!["kind"]!.GetValue<string>() == kind),
            one => one is not null, $"{kind} is told", cancellationToken, Patience / 1000))!;

    private static string Link(JsonNode notice) => notice["link"]!.GetValue<string>();
}
