using Gengdu.Identity.People.Imports;
using Gengdu.Organisations;
using Gengdu.Sheets;

namespace Gengdu.Identity.Tests.People.Imports;

public sealed class GetImportTemplateTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    [Theory]
    [InlineData("", "姓名")]
    [InlineData("?lang=en", "Name")]
    public async Task Get_IsAWorkbookWhoseHeadingsAreRead(string query, string first)
    {
        using var county = fixture.Host.CreateClient(await fixture.Host.HolderAsync(Roles.Administrator, "130102"));
        var file = await county.GetByteArrayAsync(Arranging.At($"/api/identity/people/imports/template{query}"));
        var cells = Assert.Single(Sheet.Read(file, new(1024 * 1024, 1024 * 1024, 10, PeopleColumns.Most)).Rows).Cells;
        Assert.Equal(first, cells[0]);
        Assert.Equal(PeopleColumns.All.Count, PeopleColumns.Read(cells).At.Count);
        Assert.Equal(ImportProblems.NoRows, PeopleFile.Read(file).Refused);
    }
}
