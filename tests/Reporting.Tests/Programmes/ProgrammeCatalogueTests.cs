using Gengdu.Reporting.Programmes;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.Reporting.Tests.Programmes;

public sealed class ProgrammeCatalogueTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Find_VersionOfAnEarlierRelease_IsCompiledFromWhatWasStored()
    {
        var bundle = TestPack.Programme.Json.Replace($"\"{TestPack.Programme.Version}\"", "\"2025.9\"", StringComparison.Ordinal);
        await fixture.Host.InDatabaseAsync(db =>
        {
            db.Add(new ProgrammeVersion { Key = "labor-education", Version = "2025.9", ContentHash = "earlier", Bundle = bundle, NameZh = "旧版", NameEn = "Earlier", PublishedAt = fixture.Now.AddYears(-1) });
            return db.SaveChangesAsync();
        });
        var catalogue = fixture.Host.Services.GetRequiredService<ProgrammeCatalogue>();
        Assert.Equal("2025.9", (await catalogue.GetAsync("labor-education", "2025.9", default)).Version);
        Assert.Null(await catalogue.FindAsync("labor-education", NewerPack.NeverPublished, default));
        Assert.Equal(TestPack.Programme.Version, catalogue.Current("labor-education")!.Version);
    }
}
