using Gengdu.Analytics.Live;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.Analytics.Tests.Live;

/// <summary>On a host of its own: its clock is moved while pages wait.</summary>
public sealed class StreamSchoolDashboardTests : IAsyncLifetime
{
    private readonly AnalyticsFixture _fixture = new();

    public async ValueTask InitializeAsync() => await _fixture.InitializeAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Stream_TellsThatSomethingOfTheSchoolIsNew_AndNothingOfItsNeighbours()
    {
        var p = _fixture.Province;
        var (school, neighbour) = (p.ChanganPrimary, p.ChanganNineYear);
        var cycle = await new TestCycle(_fixture, school, neighbour).OpenedAsync();
        await using var page = await LivePage.OpenAsync(_fixture.Host.CreateClient(await p.PersonAsync(Roles.Reporter, school)), cycle, school, kind: "schools");
        var (first, before) = await page.NextAsync<LiveSchoolResponse>();
        var shown = await _fixture.SchoolAsync(cycle, school);
        Assert.Equal((shown.AsOf, shown.Completeness), (before.AsOf, before.Completeness));

        await cycle.DeliverAsync(cycle.Submitted(neighbour, "basics", TestProgramme.Basics("g1", 9, 9)));
        await cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 3, 2), minute: 5));
        var (second, after) = await AdvancedAsync(page);
        Assert.True(second > first, $"{second} after {first}");
        shown = await _fixture.SchoolAsync(cycle, school);
        Assert.Equal((1, shown.AsOf, shown.Completeness), (after.Completeness.Submitted, after.AsOf, after.Completeness));

        // Silence is told too: a page without it would look fresh for ever.
        Assert.Equal("still", await SilentAsync(page));

        // A corrected revision, a review and an exemption are news too.
        await cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 4, 2), revision: 2, minute: 6));
        Assert.Equal((1, TestCycle.Start.AddMinutes(6)), ((await AdvancedAsync(page)).News.Completeness.Submitted, (await _fixture.SchoolAsync(cycle, school)).AsOf));
        await cycle.DeliverAsync(cycle.Returned(school, "basics", 2, 1));
        Assert.Equal(1, (await AdvancedAsync(page)).News.Completeness.Returned);
        await cycle.DeliverAsync(new ReportExempted { ReportId = cycle.Report(school, "report"), CycleId = cycle.Id, OrganisationId = school.Id, OrganisationPath = school.Path, Level = "school", Cause = "disaster", RequestedBy = AnalyticsFixture.NewId(), DecidedBy = AnalyticsFixture.NewId(), ExemptedAt = TestCycle.Start.AddDays(1) });
        Assert.Equal(0, (await AdvancedAsync(page)).News.Completeness.Due);
    }

    [Fact]
    public async Task Stream_OfAnotherSchool_OfAPlace_OrOfOneThatIsNotInTheCycle_IsRefused()
    {
        var p = _fixture.Province;
        var cycle = await new TestCycle(_fixture, p.ChanganPrimary).OpenedAsync();
        using var reporter = _fixture.Host.CreateClient(await p.PersonAsync(Roles.Reporter, p.ChanganPrimary));
        using var outside = await reporter.GetAsync(LivePage.Address(cycle, p.ChanganNineYear, "schools"));
        await AnalyticsFixture.RefusedAsync(outside, 404, "GEN-0006");
        using var reviewer = _fixture.Host.CreateClient(await p.PersonAsync(Roles.CountyReviewer, p.Changan));
        using var place = await reviewer.GetAsync(LivePage.Address(cycle, p.Changan, "schools"));
        await AnalyticsFixture.RefusedAsync(place, 404, "ANA-0003");
        using var absent = await reviewer.GetAsync(LivePage.Address(cycle, p.ChanganNineYear, "schools"));
        await AnalyticsFixture.RefusedAsync(absent, 404, "ANA-0003");
    }

    /// <summary>A school that moves in mid-cycle is found at its new place when the page comes again.</summary>
    [Fact]
    public async Task Stream_OfASchoolThatMoves_EndsAndBeginsAnew()
    {
        var p = _fixture.Province;
        var school = await p.SchoolAsync(p.Changan);
        var cycle = await new TestCycle(_fixture, school).OpenedAsync();
        var reporter = await p.PersonAsync(Roles.Reporter, school);
        await using var page = await LivePage.OpenAsync(_fixture.Host.CreateClient(reporter), cycle, school, kind: "schools");
        await page.NextAsync<LiveSchoolResponse>();
        await cycle.DeliverAsync(school.MovedTo(p.Lianchi, TestCycle.Start.AddDays(1)));
        Assert.Equal("over", await EndedAsync(page));
        await using var again = await LivePage.OpenAsync(_fixture.Host.CreateClient(reporter), cycle, school, kind: "schools");
        Assert.Equal(3, (await again.NextAsync<LiveSchoolResponse>()).News.Completeness.Due);
    }

    private async Task<(long Id, LiveSchoolResponse News)> AdvancedAsync(LivePage page)
    {
        var next = page.NextAsync<LiveSchoolResponse>();
        await WhileAsync(next);
        return await next;
    }

    private async Task<string?> SilentAsync(LivePage page)
    {
        var next = page.NextEventAsync();
        await WhileAsync(next);
        return (await next).Event;
    }

    private async Task<string?> EndedAsync(LivePage page)
    {
        for (; ; )
        {
            var next = page.NextEventAsync();
            await WhileAsync(next);
            if ((await next).Event is { } name and not ("figures" or "still"))
            {
                return name;
            }
        }
    }

    private async Task WhileAsync(Task waiting)
    {
        while (!waiting.IsCompleted)
        {
            // Slowly: a stream ends after a quarter of an hour of this clock, however slow the machine is.
            _fixture.Host.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(waiting, Task.Delay(150));
        }
    }
}
