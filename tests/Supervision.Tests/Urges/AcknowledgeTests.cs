using System.Net;
using System.Net.Http.Json;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Tests.Clocks;
using Gengdu.Supervision.Urges;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Urges;

public sealed class AcknowledgeTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private TestProvince Province => fixture.Province;

    [Fact]
    public async Task Post_BySomebodyOfTheSchool_IsKeptOnceAndWrittenDown()
    {
        var (school, urge) = await UrgedAsync();
        var person = await Province.PersonAsync(Roles.Approver, school);
        using var client = fixture.Host.CreateClient(person);
        var doneBy = fixture.Host.Clock.GetUtcNow().AddDays(1);
        using var first = await client.PostAsJsonAsync("/api/supervision/acknowledgements", new { doneBy, urgeIds = new[] { urge } });
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);

        var kept = await fixture.Host.InDatabaseAsync(db => db.Urges.SingleAsync(u => u.Id == urge));
        Assert.Equal((person, doneBy), (kept.Answer!.By, kept.Answer.DoneBy));
        Assert.Contains(await fixture.Host.AuditOfAsync(urge), entry => entry.Act == "urge.acknowledged" && entry.ActorId == person);
        var told = await fixture.Host.Events.WaitForAsync<PressureAcknowledged>(e => e.UrgeIds.Contains(urge), TestContext.Current.CancellationToken);
        Assert.Equal((person, doneBy), (told.By, told.DoneBy));
        using var second = await client.PostAsJsonAsync("/api/supervision/acknowledgements", new { doneBy, urgeIds = new[] { urge } });
        await SupervisionFixture.RefusedAsync(second, 409, "SUP-0056");
    }

    [Fact]
    public async Task Post_ByTheUrgerOrAnybodyElse_IsRefused()
    {
        var (_, urge) = await UrgedAsync();
        foreach (var (role, at, status, code) in new[] {
            (Roles.CountyReviewer, Province.Changan, 403, "SUP-0055"), (Roles.CitySupervisor, Province.Shijiazhuang, 403, "SUP-0055"), (Roles.Administrator, Province.Changan, 403, "SUP-0055"),
            (Roles.CountyReviewer, Province.Zhengding, 404, "GEN-0006"), (Roles.Reporter, Province.ChanganPrimary, 404, "GEN-0006") })
        {
            using var client = await fixture.ClientAsync(role, at);
            using var answer = await client.PostAsJsonAsync("/api/supervision/acknowledgements", new { doneBy = fixture.Host.Clock.GetUtcNow().AddHours(2), urgeIds = new[] { urge } });
            await SupervisionFixture.RefusedAsync(answer, status, code);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-60)]
    [InlineData(60 * 24 * 30)]
    public async Task Post_DoneByInThePastOrTooFarAhead_IsRefused(int minutes)
    {
        var (school, urge) = await UrgedAsync();
        using var client = await fixture.ClientAsync(Roles.Reporter, school);
        using var answer = await client.PostAsJsonAsync("/api/supervision/acknowledgements", new { doneBy = fixture.Host.Clock.GetUtcNow().AddMinutes(minutes), urgeIds = new[] { urge } });
        await SupervisionFixture.RefusedAsync(answer, 422, "GEN-0011");
    }

    [Fact]
    public async Task Post_OneOfSeveralForeign_LeavesAllUnanswered()
    {
        var ((school, own), (_, foreign)) = (await UrgedAsync(), await UrgedAsync());
        using var client = await fixture.ClientAsync(Roles.Reporter, school);
        using var answer = await client.PostAsJsonAsync("/api/supervision/acknowledgements", new { doneBy = fixture.Host.Clock.GetUtcNow().AddHours(2), urgeIds = new[] { own, foreign } });
        await SupervisionFixture.RefusedAsync(answer, 404, "GEN-0006");
        Assert.Null((await fixture.Host.InDatabaseAsync(db => db.Urges.SingleAsync(u => u.Id == own))).Answer);
        using var none = await client.PostAsJsonAsync("/api/supervision/acknowledgements", new { doneBy = fixture.Host.Clock.GetUtcNow().AddHours(2) });
        await SupervisionFixture.RefusedAsync(none, 422, "GEN-0011");
    }

    [Fact]
    public async Task Post_TwoColleaguesAtOnce_OneAnswerHolds()
    {
        var (school, urge) = await UrgedAsync();
        using var client = await fixture.ClientAsync(Roles.Reporter, school);
        var answers = await Task.WhenAll(Enumerable.Range(1, 5).Select(async hours =>
        {
            using var answer = await client.PostAsJsonAsync("/api/supervision/acknowledgements", new { doneBy = fixture.Host.Clock.GetUtcNow().AddHours(hours), urgeIds = new[] { urge } });
            return answer.StatusCode;
        }));
        Assert.Equal((1, 4), (answers.Count(status => status == HttpStatusCode.OK), answers.Count(status => status == HttpStatusCode.Conflict)));
    }

    private async Task<(Organisation School, Guid Urge)> UrgedAsync()
    {
        var school = await Province.SchoolAsync(Province.Changan);
        var roster = await fixture.OpenedAsync(school);
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, Province.Changan);
        await RaiseUrgesTests.UrgedAsync(county, new { cycleId = roster.CycleId, state = "not-submitted" });
        return (school, await fixture.Host.InDatabaseAsync(db => db.Urges.Where(u => u.CycleId == roster.CycleId).Select(u => u.Id).SingleAsync()));
    }
}
