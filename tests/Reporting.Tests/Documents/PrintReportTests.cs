using System.Net;
using Gengdu.Organisations;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Documents;

public sealed class PrintReportTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Get_WhenSomethingIsSigned_IsAPdf_BeforeThatAProblem()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        var address = $"/api/reporting/reports/{(await desk.RowAsync()).ReportId}/document";
        using (var early = await desk.Reporter.GetAsync(address))
        {
            await RefusedAsync(early, 409, "RPT-0266");
        }

        await desk.SubmittedAsync();
        using var response = await desk.Approver.GetAsync(address);
        var pdf = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal((HttpStatusCode.OK, true), (response.StatusCode, pdf.AsSpan().StartsWith("%PDF-"u8)));
    }

    [Fact]
    public async Task Get_BySomebodyOutside_IsNotFound_ByAnAdministratorForbidden()
    {
        var desk = await fixture.DeskAsync();
        var address = $"/api/reporting/reports/{(await desk.RowAsync()).ReportId}/document";
        using var outside = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ChanganNineYear);
        using (var refused = await outside.GetAsync(address))
        {
            await RefusedAsync(refused, 404, "GEN-0006");
        }

        using var administrator = await fixture.ClientAsync(Roles.Administrator, fixture.Province.Root);
        using var forbidden = await administrator.GetAsync(address);
        await RefusedAsync(forbidden, 403, "GEN-0005");
    }
}
