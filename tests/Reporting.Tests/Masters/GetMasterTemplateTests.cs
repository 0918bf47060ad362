using Gengdu.Organisations;
using Gengdu.Reporting.Masters;
using Gengdu.Reporting.Programmes;
using Gengdu.Sheets;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.Reporting.Tests.Masters;

public sealed class GetMasterTemplateTests(ReportingFixture fixture)
{
    [Theory]
    [InlineData("zh", "学校代码")]
    [InlineData("en", "School code")]
    public async Task Get_IsASheetThatTheImportReads(string language, string first)
    {
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var file = await owner.GetByteArrayAsync(new Uri($"/api/reporting/master-figures/imports/template?lang={language}", UriKind.Relative));
        var (rows, refused) = Sheet.Read(file, new(1024 * 1024, 1024 * 1024, 10, 60));
        var heading = Assert.Single(rows.ToList()).Cells;
        Assert.Equal((null, first), (refused, heading[0]));
        // Totals first, then the grades of schools; all of them known.
        Assert.Equal(2 + 3 + (2 * 12), heading.Length);
        Assert.Null(new MasterColumns(fixture.Host.Services.GetRequiredService<ProgrammeCatalogue>().Shipped).Read(heading).Refused);
        Assert.Equal("RPT-0346", MasterFile.Read(file, new MasterColumns(fixture.Host.Services.GetRequiredService<ProgrammeCatalogue>().Shipped)).Refused?.Code);
    }
}
