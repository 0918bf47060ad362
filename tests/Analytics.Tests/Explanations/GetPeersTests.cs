using Gengdu.Analytics.Explanations;
using Gengdu.Organisations;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Explanations;

public sealed class GetPeersTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    /// <summary>Six others spend 1, 2, 3, 4, 5 and 6 a pupil; this one 4. A school of another type spends 100 and is none of them.</summary>
    [Fact]
    public async Task Get_ShowsWhereASchoolStands_AmongTheOthersOfItsKind()
    {
        var (own, county, cycle, _) = await PlayAsync(others: 6);
        var found = await AskAsync<PeersResponse>(fixture, Address("K27", cycle, own, "/peers"), Roles.Reporter, own);
        Assert.Equal(4m, found.Value);
        var peers = found.Peers!;
        Assert.Equal((own.SchoolType, own.UrbanRural, county.Id, 6), (peers.SchoolType, peers.UrbanRural, peers.Within.Id, peers.Schools));
        Assert.Equal((3.5m, 2.25m, 3.5m, 4.75m, 3, 1), (peers.Value, peers.LowerQuartile, peers.Median, peers.UpperQuartile, peers.Below, peers.Equal));
    }

    /// <summary>Five would let a school guess its neighbours: the city's are taken together, and where those are too few, none.</summary>
    [Fact]
    public async Task Get_WithTooFewInTheCounty_GoesUp_AndSaysNothingWithTooFewAnywhere()
    {
        var (own, county, cycle, city) = await PlayAsync(others: 5);
        Assert.Null((await AskAsync<PeersResponse>(fixture, Address("K27", cycle, own, "/peers"), Roles.Reporter, own)).Peers);

        var p = fixture.Province;
        var next = await p.SchoolAsync(await p.DivisionAsync(city, "county"));
        var again = await ReportedAsync([own, .. await SchoolsAsync(county, 5), next]);
        var found = await AskAsync<PeersResponse>(fixture, Address("K27", again, own, "/peers"), Roles.Reporter, own);
        Assert.Equal((city.Id, 6), (found.Peers!.Within.Id, found.Peers.Schools));
    }

    [Fact]
    public async Task Get_OfAPlace_OfAFigureCountedFromTheRoster_OrOfAnothersSchool_IsRefused()
    {
        var (own, county, cycle, _) = await PlayAsync(others: 1);
        await RefusedAsync(fixture, Address("K27", cycle, county, "/peers"), 404, "ANA-0012");
        await RefusedAsync(fixture, Address("K37", cycle, own, "/peers"), 422, "ANA-0013");
        await RefusedAsync(fixture, Address("K27", cycle, fixture.Province.ChanganPrimary, "/peers"), 404, "ANA-0003");
        await RefusedAsync(fixture, Address("K27", cycle, own, "/peers"), 404, "GEN-0006", Roles.Reporter, fixture.Province.ChanganPrimary);
    }

    private async Task<(Organisation Own, Organisation County, TestCycle Cycle, Organisation City)> PlayAsync(int others)
    {
        var p = fixture.Province;
        var city = await p.DivisionAsync(p.Root, "city");
        var county = await p.DivisionAsync(city, "county");
        var own = await p.SchoolAsync(county);
        var cycle = await ReportedAsync([own, .. await SchoolsAsync(county, others), p.LianchiVocational]);
        return (own, county, cycle, city);
    }

    private async Task<List<Organisation>> SchoolsAsync(Organisation county, int count)
    {
        var schools = new List<Organisation>();
        for (var i = 0; i < count; i++)
        {
            schools.Add(await fixture.Province.SchoolAsync(county));
        }

        return schools;
    }

    /// <summary>The first spends 4 a pupil, those after it 1, 2, 3…</summary>
    private async Task<TestCycle> ReportedAsync(List<Organisation> schools)
    {
        var cycle = await new TestCycle(fixture, [.. schools]).OpenedAsync();
        for (var i = 0; i < schools.Count; i++)
        {
            var grade = schools[i].SchoolType == "vocational" ? "v1" : "g1";
            await cycle.DeliverAsync(cycle.Submitted(schools[i], "basics", TestProgramme.Basics(grade, 100, 3)));
            await cycle.DeliverAsync(cycle.Submitted(schools[i], "money", TestProgramme.Money(i == 0 ? 400 : i * 100)));
        }

        return cycle;
    }
}
