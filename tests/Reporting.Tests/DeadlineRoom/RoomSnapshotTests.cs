using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.DeadlineRoom;
using Gengdu.Reporting.Reports;

namespace Gengdu.Reporting.Tests.DeadlineRoom;

public sealed class RoomSnapshotTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 30, 9, 30, 20, TimeSpan.Zero);

    [Fact]
    public void Forecast_PaceOfAQuarterOfAnHourGoesOn_WithinTheSlowestAndQuickestFiveMinutes()
    {
        // Half an hour: five minutes at 2, ten at 10, then fifteen at 20; what runs now does not count.
        int[] minutes = [.. Enumerable.Repeat(0, 29), .. Enumerable.Repeat(2, 5), .. Enumerable.Repeat(10, 10), .. Enumerable.Repeat(20, 15), 999];
        var forecast = Forecast.Of(minutes, 1000, 1500, TimeSpan.FromMinutes(20))!;
        Assert.Equal((20.0, 1400, 1040, 1400), (forecast.PerMinute, forecast.Expected, forecast.Low, forecast.High));
        Assert.Equal(1500, Forecast.Of(minutes, 1000, 1500, TimeSpan.FromMinutes(60))!.Expected);
        Assert.Null(Forecast.Of(minutes, 1000, 1500, TimeSpan.Zero));
    }

    [Fact]
    public void Below_ShowsTheOwnPartAlone_ByCityOrCounty()
    {
        var snapshot = Snapshot();
        var province = snapshot.Below("/1/");
        Assert.Equal([("130100", 12), ("130600", 5)], province.Children.Select(child => (child.Organisation.Code, child.Figures.Reports)));
        Assert.Equal((17, 6, 4), (province.Figures.Reports, province.Minutes[^1], province.Minutes[^2]));

        var city = snapshot.Below("/1/12/");
        // What the city runs itself stands under its own name.
        Assert.Equal([("130100", 2), ("130102", 10)], city.Children.Select(child => (child.Organisation.Code, child.Figures.Reports)));
        Assert.Equal((12, 6, 1), (city.Figures.Reports, city.Minutes[^1], city.Minutes[^2]));

        var county = snapshot.Below("/1/12/157/");
        Assert.Equal((10, 5, 0), (county.Figures.Reports, county.Minutes[^1], county.Minutes[^2]));
        // "/1/2/" is no part of "/1/20/".
        Assert.Equal(0, snapshot.Below("/1/2/").Figures.Reports);
        Assert.Equal(new DateTimeOffset(2026, 9, 30, 8, 31, 0, TimeSpan.Zero), province.FirstMinute);
    }

    private static RoomSnapshot Snapshot()
    {
        var minute = RoomSnapshot.Floor(Now);
        return new(
            1, OpenCycle(), Now, Now.AddMinutes(30),
            [new("/1/12/157/", RoomFigures.None with { Reports = 10, Modules = 100 }), new("/1/12/", RoomFigures.None with { Reports = 2 }), new("/1/20/", RoomFigures.None with { Reports = 5 })],
            [new("/1/12/157/", minute, 5), new("/1/12/", minute, 1), new("/1/20/", minute.AddMinutes(-1), 3), new("/1/12/", minute.AddMinutes(-1), 1), new("/1/20/", minute.AddHours(-2), 7)],
            new[] { ("/1/", "130000"), ("/1/12/", "130100"), ("/1/12/157/", "130102"), ("/1/20/", "130600") }
                .ToDictionary(pair => pair.Item1, pair => new ReportOrganisation(Guid.CreateVersion7(Now), pair.Item2, pair.Item2, pair.Item2, pair.Item1)));
    }

    private static Cycle OpenCycle() => new()
    {
        Id = Guid.CreateVersion7(Now), OrganisationPath = "/1/", Region = "13", ProgrammeKey = "labor-education", ProgrammeVersion = "1", NameZh = "一", NameEn = "One",
        PeriodKey = "p", AcademicYear = "2026-2027", PeriodStart = new(2026, 9, 1), PeriodEnd = new(2027, 1, 31), FiscalYear = 2026, ModuleKeys = [], OpensAt = Now.AddDays(-20),
        SchoolDeadline = Now.AddMinutes(30), CountyDeadline = Now, CityDeadline = Now, ProvinceDeadline = Now, GraceMinutes = 0, CreatedBy = Guid.CreateVersion7(Now), CreatedAt = Now.AddDays(-30),
    };
}
