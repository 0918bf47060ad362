using Gengdu.Organisations;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Reports;

namespace Gengdu.Reporting.Tests.Cycles;

public sealed class RosterTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 15, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Freeze_EachLevelOwesItsModules()
    {
        var roster = Roster.Freeze(Cycle(), TestPack.Programme, Organisations(), Now);
        Assert.Equal(
            [("/1/", "province"), ("/1/2/", "city"), ("/1/2/3/", "county"), ("/1/2/3/4/", "school"), ("/1/5/", "county"), ("/1/5/", "city")],
            roster.Reports.Select(r => (r.OrganisationPath, r.Level)));
        Assert.Equal(["basic-information", "curriculum"], roster.ModuleReports.Where(m => m.OrganisationPath == "/1/2/3/4/").Select(m => m.ModuleKey));
        Assert.Equal("130102", roster.Reports.Single(r => r.Level == "school").ParentCode);
        Assert.False(roster.LacksSchools);
    }

    [Fact]
    public void Freeze_ACityThatIsACounty_HasAReportForEachLevel() =>
        Assert.Equal(["county-department", "city-department"], Roster.Freeze(Cycle(), TestPack.Programme, Organisations(), Now).ModuleReports.Where(m => m.OrganisationPath == "/1/5/").Select(m => m.ModuleKey));

    [Fact]
    public void Freeze_RemembersWhichModulesTheRulesRead() =>
        Assert.Contains("basic-information", Roster.Freeze(Cycle(), TestPack.Programme, Organisations(), Now).ModuleReports.First(m => m.ModuleKey == "curriculum").Reads);

    [Fact]
    public void Freeze_NotesWhatIsKnownOfASchool_AndNothingOfOthers()
    {
        var organisations = Organisations();
        var school = organisations.Single(o => o.Kind == "school");
        var known = organisations.ToDictionary(o => o.Id, _ => new SchoolProfile("100-299", "boarding"));
        var entries = Roster.Freeze(Cycle(), TestPack.Programme, organisations, Now, known).ToCycleRosterPublished(Guid.CreateVersion7(Now)).SelectMany(part => part.Entries).ToList();
        Assert.Equal([("100-299", "boarding")], entries.Where(e => e.OrganisationId == school.Id).Select(e => (e.SizeClass, e.Boarding)));
        Assert.All(entries.Where(e => e.OrganisationId != school.Id), e => Assert.Equal(((string?)null, (string?)null), (e.SizeClass, e.Boarding)));
        Assert.All(Roster.Freeze(Cycle(), TestPack.Programme, organisations, Now).Reports, report => Assert.Null(report.SizeClass));
    }

    [Fact]
    public void Open_WithoutASchool_IsRefused()
    {
        var cycle = Cycle();
        Assert.Equal("RPT-0202", cycle.Open(Roster.Freeze(cycle, TestPack.Programme, Organisations().Where(o => o.Kind != "school"), Now), Now)?.Code);
    }

    [Fact]
    public void ToCycleRosterPublished_HasPartsOfAtMost500AndLosesNobody()
    {
        var schools = Enumerable.Range(10, 1201).Select(i => Organisation($"/1/2/3/{i}/", $"2113{i:000000}", "school"));
        var parts = Roster.Freeze(Cycle(), TestPack.Programme, [.. Organisations(), .. schools], Now).ToCycleRosterPublished(Guid.CreateVersion7(Now));
        Assert.Equal([500, 500, 207], parts.Select(p => p.Entries.Count));
        Assert.All(parts, (part, i) => Assert.Equal((i + 1, 3), (part.Part, part.Parts)));
        Assert.Equal(1207, parts.SelectMany(p => p.Entries).Select(e => e.ReportId).Distinct().Count());
    }

    private static List<Organisation> Organisations()
    {
        var county = Organisation("/1/2/3/", "130102", "county");
        var school = Organisation("/1/2/3/4/", "2113000001", "school");
        school.ParentId = county.Id;
        return [Organisation("/1/", "130000", "province"), Organisation("/1/2/", "130100", "city"), county, school, Organisation("/1/5/", "130682", "city", "county")];
    }

    private static Organisation Organisation(string path, string code, params string[] levels) => new()
    {
        Id = Guid.CreateVersion7(Now),
        Path = path,
        Code = code,
        NameZh = code,
        NameEn = code,
        LevelRoles = levels,
        Kind = levels[0] == "school" ? "school" : "division",
        SchoolType = levels[0] == "school" ? "primary" : null,
        Grades = levels[0] == "school" ? ["g1", "g2"] : [],
        ValidFrom = new(2020, 9, 1),
        Version = 1,
    };

    private static Cycle Cycle() => new()
    {
        Id = Guid.CreateVersion7(Now),
        OrganisationPath = "/1/",
        Region = "13",
        ProgrammeKey = "labor-education",
        ProgrammeVersion = TestPack.Programme.Version,
        NameZh = "秋季",
        NameEn = "Autumn",
        PeriodKey = "2026-autumn",
        AcademicYear = "2026-2027",
        PeriodStart = new(2026, 9, 1),
        PeriodEnd = new(2027, 1, 31),
        FiscalYear = 2026,
        ModuleKeys = ["basic-information", "curriculum", "county-department", "city-department", "province-department"],
        OpensAt = Now,
        SchoolDeadline = Now.AddDays(30),
        CountyDeadline = Now.AddDays(40),
        CityDeadline = Now.AddDays(50),
        ProvinceDeadline = Now.AddDays(60),
        GraceMinutes = 10,
        CreatedBy = Guid.CreateVersion7(Now),
        CreatedAt = Now,
    };
}
