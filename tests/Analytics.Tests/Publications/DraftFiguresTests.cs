using System.Net.Http.Json;
using Gengdu.Analytics.OpenFigures;
using Gengdu.Analytics.Publications;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Tests.Publications;

public sealed class DraftFiguresTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private static readonly Uri s_address = new("/api/analytics/publications/drafts", UriKind.Relative);

    /// <summary>The copy is made now: what comes later is in the next one.</summary>
    [Fact]
    public async Task Draft_CopiesTheFiguresOfThisMoment_AndTellsNobody()
    {
        var school = fixture.Province.ChanganPrimary;
        var cycle = await new TestCycle(fixture, school).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 100, 3)));
        await cycle.DeliverAsync(cycle.Submitted(school, "money", TestProgramme.Money(300)));
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var draft = await PublishFiguresTests.DraftAsync(owner, cycle);
        Assert.Equal((1, "drafted", false, true, 64, 64), (draft.Number, draft.State, draft.Final, draft.Mine, draft.FiguresHash.Length, draft.OpenHash.Length));

        await cycle.DeliverAsync(cycle.Submitted(school, "money", TestProgramme.Money(600), revision: 2, minute: 30));
        Assert.Equal([300m], await fixture.Host.InDatabaseAsync(db => db.Set<PublishedFigure>()
            .Where(f => f.CycleId == cycle.Id && f.Indicator == "K27" && f.Path == fixture.Province.Root.Path).Select(f => f.Numerator).ToListAsync()));
        Assert.Equal([school.Id], await fixture.Host.InDatabaseAsync(db => db.Set<PublishedSchool>().Where(s => s.CycleId == cycle.Id).Select(s => s.OrganisationId).ToListAsync()));
        Assert.False(await fixture.Host.InDatabaseAsync(db => db.Publications.AnyAsync(p => p.CycleId == cycle.Id)));
        Assert.Contains(await fixture.Host.AuditAsync(), entry => entry.Act == "figures.drafted" && entry.ObjectId == cycle.Id.ToString());
    }

    /// <summary>Without the definitions of its indicators nothing of a cycle can be told.</summary>
    [Fact]
    public async Task Draft_BeforeTheProgrammeHasCome_IsRefusedForAMoment()
    {
        var cycle = new TestCycle(fixture, fixture.Province.ChanganPrimary);
        await cycle.DeliverAsync(cycle.Opened());
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        await RefusedAsync(owner, new { cycleId = cycle.Id }, 503, "ANA-0004");
    }

    [Fact]
    public async Task Draft_OneAtATime_AndACorrectionSaysWhy()
    {
        var cycle = await new TestCycle(fixture, fixture.Province.ChanganPrimary).OpenedAsync();
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        await PublishFiguresTests.DraftAsync(owner, cycle);
        await RefusedAsync(owner, new { cycleId = cycle.Id }, 409, "ANA-0070");

        var other = await new TestCycle(fixture, fixture.Province.ChanganPrimary).OpenedAsync();
        await PublishFiguresTests.PublishAsync(fixture, other);
        await RefusedAsync(owner, new { cycleId = other.Id }, 422, "ANA-0071");
        await RefusedAsync(owner, new { cycleId = other.Id, reasonZh = "  ", reasonEn = "Spending was corrected" }, 422, "ANA-0071");
        await RefusedAsync(owner, new { cycleId = other.Id, reasonZh = new string('更', 501) }, 422, "ANA-0071");
        await RefusedAsync(owner, new { cycleId = other.Id, reasonZh = "更正经费", reasonEn = new string('x', 501) }, 422, "ANA-0071");
        Assert.Equal(2, (await PublishFiguresTests.DraftAsync(owner, other)).Number);
    }

    [Fact]
    public async Task Draft_AfterAnAlarm_OrOfAnUnknownCycle_OrByOthers_IsRefused()
    {
        var cycle = await new TestCycle(fixture, fixture.Province.ChanganPrimary).OpenedAsync();
        await PublishFiguresTests.AlarmAsync(fixture, cycle);
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        await RefusedAsync(owner, new { cycleId = cycle.Id }, 409, "ANA-0015");
        await RefusedAsync(owner, new { cycleId = Guid.Empty }, 404, "ANA-0001");
        using var administrator = await fixture.ClientAsync(Roles.Administrator, fixture.Province.Root);
        await RefusedAsync(administrator, new { cycleId = cycle.Id }, 403, "GEN-0005");
    }

    private static async Task RefusedAsync(HttpClient client, object request, int status, string code)
    {
        using var refused = await client.PostAsJsonAsync(s_address, request);
        await AnalyticsFixture.RefusedAsync(refused, status, code);
    }
}
