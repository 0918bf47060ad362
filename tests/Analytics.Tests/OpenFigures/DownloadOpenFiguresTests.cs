using System.Net;
using System.Security.Cryptography;
using System.Text;
using Gengdu.Analytics.OpenFigures;
using Gengdu.ServiceDefaults;

namespace Gengdu.Analytics.Tests.OpenFigures;

public sealed class DownloadOpenFiguresTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task File_HasTheHashThatIsSaid_AndNothingHidden_AndMayBeKept()
    {
        var scene = await OpenScene.PublishedAsync(fixture);
        using var response = await scene.GetAsync(scene.Address(1, "/figures.csv"));
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var said = (await scene.AskAsync<OpenFiguresResponse>(scene.Address())).Publication.Sha256;
        Assert.Equal(said, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal(("text/csv", $"\"{said}\"", true), (response.Content.Headers.ContentType!.MediaType, response.Headers.ETag!.Tag, response.Headers.CacheControl!.Public));
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes)[1..].TrimEnd().Split("\r\n");
        Assert.Contains($"2026-autumn,1,provisional,{fixture.Province.Changan.Code},county,长安区,Chang'an District,K27,K27,K27,个,个,shown,4,4,1", lines);
        Assert.Contains(lines, line => line.Contains($",{scene.Zone.Code},", StringComparison.Ordinal) && line.EndsWith("K27,K27,K27,个,个,hidden,,,1", StringComparison.Ordinal));
        using var known = await scene.GetAsync(scene.Address(1, "/figures.csv"), $"W/\"other\", \"{said}\"");
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }

    /// <summary>A name is what somebody typed; a spreadsheet takes some for formulas.</summary>
    [Fact]
    public void Csv_DefusesFormulas_AndQuotes()
    {
        OpenNames names = new(
            new(new("秋", "Autumn"), "2026-autumn", new(2026, 9, 1), new(2027, 1, 31)), [new("/1/", new("130000", "province", new("=HYPERLINK(\"x\")", "A, \"B\""), null))],
            [new("K01", new("-K", "+K"), null, 1, "a", new("面", "Area"), "up")]);
        OpenCell[] cells = [new() { CycleId = Guid.Empty, Number = 1, Path = "/1/", Indicator = "K01", State = OpenCell.Shown, Value = -1.5m, Schools = 3, Since = 1 }];
        var csv = Encoding.UTF8.GetString(OpenFile.Csv(names, 1, true, cells));
        Assert.EndsWith("2026-autumn,1,final,130000,province,\"'=HYPERLINK(\"\"x\"\")\",\"A, \"\"B\"\"\",K01,'-K,'+K,,,shown,-1.5,3,1\r\n", csv);
    }
}
