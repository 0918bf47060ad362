using Gengdu.Calendar;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Tests.Cycles;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.Supervision.Tests.Clocks;

/// <summary>A cycle of its own for a test, with a roster, and the days that pass in it.</summary>
internal static class ClockScene
{
    /// <summary>Opened on 1 September for the schools named, each owing "curriculum" and "teachers"; the schools' deadline is 1 October.</summary>
    public static async Task<CycleRosterPublished> OpenedAsync(this SupervisionFixture fixture, params Organisation[] schools)
    {
        var roster = CycleEvents.Roster(SupervisionFixture.NewId(), schools);
        await fixture.Host.Events.DeliverAsync(CycleEvents.CycleOpened(roster.CycleId));
        await fixture.Host.Events.DeliverAsync(roster);
        return roster;
    }

    /// <summary>One module of a school's report on the roster comes in.</summary>
    public static async Task<ModuleReportSubmitted> SubmittedAsync(this SupervisionFixture fixture, CycleRosterPublished roster, Organisation school, string module = "curriculum")
    {
        var submitted = SupervisionFixture.Submitted(school, roster.CycleId, moduleKey: module) with { ReportId = roster.Entries.Single(e => e.OrganisationId == school.Id).ReportId };
        await fixture.Host.Events.DeliverAsync(submitted);
        return submitted;
    }

    /// <summary>Moves the clock to a time of day in Asia/Shanghai, some days on; never back.</summary>
    public static void GoTo(this SupervisionFixture fixture, int daysOn, int hour)
    {
        var local = fixture.Host.Clock.GetUtcNow().ToOffset(HeldDays.Zone);
        fixture.Host.Clock.SetUtcNow(new DateTimeOffset(local.Date.AddDays(daysOn).AddHours(hour), HeldDays.Zone).ToUniversalTime());
    }

    /// <summary>The same by working days: the tests before may have left the clock before a week of holidays.</summary>
    public static void GoToWorkingDay(this SupervisionFixture fixture, int daysOn, int hour)
    {
        var today = HeldDays.DayOf(fixture.Host.Clock.GetUtcNow());
        fixture.GoTo(WorkingDays.Add(today, daysOn).DayNumber - today.DayNumber, hour);
    }

    /// <summary>As the worker does at each tick.</summary>
    public static async Task<int> LookAsync(this SupervisionFixture fixture)
    {
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<LadderClimb>().LookAsync(fixture.Host.Clock.GetUtcNow(), TestContext.Current.CancellationToken);
    }
}
