using System.Net.Http.Json;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Reports;

public sealed class SchoolProfileTests(ReportingFixture fixture)
{
    /// <summary>501 pupils and 10 boarders were signed for; the register, where there is one, goes before.</summary>
    [Fact]
    public async Task Opening_NotesSizeAndBoarding_FromTheRegister_ElseFromWhatWasLastSigned()
    {
        var p = fixture.Province;
        var (signed, registered, unknown) = (await p.SchoolAsync(p.Changan), await p.SchoolAsync(p.Changan), await p.SchoolAsync(p.Changan));
        var desk = await fixture.DeskAsync(signed);
        await desk.CompletedAsync();
        await desk.SubmittedAsync();
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, p.Root);
        using var put = await owner.PutAsJsonAsync("/api/reporting/master-figures", new { source = "学籍系统", asOf = "2026-09-01", figures = new[] { new { code = registered.Code, key = "students", value = 99.0 } } });
        await BodyAsync(put);

        var next = await fixture.OpenCycleAsync();
        Assert.Equal(("300-599", "boarding"), await ProfileAsync(next, signed));
        Assert.Equal(("0-99", null), await ProfileAsync(next, registered));
        Assert.Equal((null, null), await ProfileAsync(next, unknown));
        // What the cycle that is over was frozen with stays.
        Assert.Equal((null, null), await ProfileAsync(desk.CycleId, signed));
    }

    private async Task<(string? Size, string? Boarding)> ProfileAsync(Guid cycleId, Organisation school)
    {
        var report = await fixture.Host.InDatabaseAsync(db => db.Reports.SingleAsync(r => r.CycleId == cycleId && r.OrganisationId == school.Id));
        return (report.SizeClass, report.Boarding);
    }
}
