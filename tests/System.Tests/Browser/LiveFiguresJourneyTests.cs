using Gengdu.Province.Make;
using Gengdu.Province.Play;
using Gengdu.Province.Values;
using Gengdu.System.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace Gengdu.System.Tests.Browser;

/// <summary>A page that is open learns what a school signed: it is told, it does not ask.</summary>
[Collection(nameof(ChartProvinceShared))]
public sealed class LiveFiguresJourneyTests(ChartProvinceFixture province, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData("/dashboard", "safety")]
    [InlineData("/wall", "evaluation")]
    public async Task OpenPage_ShowsWhatASchoolSigned_WithoutBeingReloaded(string address, string module)
    {
        await using var director = await browser.PersonAsync(province.System.Address, People.Owner, province.Options.Password, 1440);
        var told = director.Page.WaitForResponseAsync("**/stream?*");
        await director.GoAsync(address);
        var hero = director.Page.Hero();
        await Expect(hero).ToContainTextAsync("已报");
        await told;
        var before = await hero.InnerTextAsync();
        // Whatever it would ask now is refused: what is new can only have been pushed.
        await director.Page.RouteAsync("**/api/analytics/**", route => route.AbortAsync());
        await director.Page.EvaluateAsync("window.neverLeft = true");

        await SignAsync(module);

        await Expect(hero).Not.ToHaveTextAsync(before, new() { Timeout = 60_000 });
        Assert.True(await director.Page.EvaluateAsync<bool>("window.neverLeft === true"), "the page was loaded again");
    }

    private async Task SignAsync(string key)
    {
        var cancel = TestContext.Current.CancellationToken;
        var (reporter, approver) = (await province.SignedInAsync(People.Own("reporter"), cancel), await province.SignedInAsync(People.Own("approver"), cancel));
        var cycle = await OpenCycle.FindAsync(reporter, Semester.Now(), cancel);
        var report = (await reporter.GetAsync($"/api/reporting/reports?cycleId={cycle!["id"]}", cancel))["items"]![0]!;
        var module = report["modules"]!.AsArray().Single(one => one!["key"]!.GetValue<string>() == key)!;
        var (id, version) = (module["id"]!.GetValue<Guid>(), module["version"]!.GetValue<long>());
        var values = SchoolValues.For(new Figures(province.People.Showcase, ReportReachesDashboardTests.Today, Semester.Now().Start));
        version = await FillModule.SaveAsync(reporter, id, version, values[key], null, new Random(1), cancel);
        version = await FillModule.CompleteAsync(reporter, id, version, cancel);
        await FillModule.SignAsync(approver, id, version, cancel);
    }
}
