using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gengdu.Analytics.Maps;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Analytics.Tests.Maps.MapScene;

namespace Gengdu.Analytics.Tests.Maps;

public sealed class ImportMapTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Import_AllCounties_IsAVersionThatNobodySeesYet_AndStandsInTheAudit()
    {
        using var body = Body("\uFEFF" + All + "\n");
        var sent = await body.ReadAsByteArrayAsync();
        using var response = await fixture.SendAsync(body, Facts.Replace("(2024)", "%EF%BC%882024%EF%BC%89", StringComparison.Ordinal));

        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        var map = (await response.Content.ReadFromJsonAsync<MapResponse>(AnalyticsFixture.Json))!;
        Assert.Equal((4, 20, "GS(2024)0650号", Convert.ToHexStringLower(SHA256.HashData(sent)), (long)sent.Length), (map.Places, map.Points, map.ApprovalNumber, map.FileHash, map.FileBytes));
        Assert.Null(map.InForceSince);
        var act = Assert.Single(await fixture.Host.AuditAsync(), one => one.Act == "map.imported" && one.ObjectId == map.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(4, act.Rows);
    }

    public static TheoryData<string, string, string> Faulty => new()
    {
        { "no-code", "features/1", With(0, """{"type":"Feature","properties":{"name":"长安区"},"geometry":{"type":"Polygon","coordinates":[[[114,38],[115,38],[115,39],[114,38]]]}}""") },
        { "unknown", "139999", With(0, Square("139999", 0)) },
        { "not-a-county", "130100", With(0, Square("130100", 0)) },
        { "duplicate", "130123", File(Square("130102", 0), Square("130123", 1), Square("130123", 2), Square("130606", 2), Square("130682", 3)) },
        { "missing", "130682", File(Square("130102", 0), Square("130123", 1), Square("130606", 2)) },
        { "geometry", "130102", With(0, """{"type":"Feature","properties":{"adcode":130102},"geometry":{"type":"GeometryCollection","geometries":[{"type":"Polygon","coordinates":[[[114,38],[115,38],[115,39],[114,38]]]}]}}""") },
        { "geometry", "130102", With(0, """{"type":"Feature","id":"130102","properties":null,"geometry":null}""") },
        { "coordinates", "130102", With(0, """{"type":"Feature","properties":{"adcode":130102},"geometry":{"type":"Polygon","coordinates":[[114,38],[115,38],[115,39],[114,38]]}}""") },
        { "coordinates", "130102", With(0, """{"type":"Feature","properties":{"adcode":130102},"geometry":{"type":"Polygon","coordinates":[[[114,38],[115,"x"],[115,39],[114,38]]]}}""") },
        { "coordinates", "130102", With(0, """{"type":"Feature","properties":{"adcode":130102},"geometry":{"type":"Polygon","coordinates":[]}}""") },
        { "too-few", "130102", With(0, Polygon("130102", Ring((114, 38), (115, 38), (114, 38)))) },
        { "unclosed", "130102", With(0, Polygon("130102", Ring((114, 38), (115, 38), (115, 39), (114, 39)))) },
        { "outside", "130102", With(0, Polygon("130102", Ring(38, 114, 1))) },
        { "outside", "130102", With(0, Polygon("130102", Ring(4210000, 503000, 1000))) },
        { "crossing", "130102", With(0, Polygon("130102", Ring((114, 38), (115, 39), (115, 38), (114, 39), (114, 38)))) },
        { "crossing", "130102", With(0, Polygon("130102", Ring(114, 38, 1), Ring(114.5, 38.5, 1))) },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task Import_OneOutlineIsWrong_NamesIt_AndKeepsNothing(string code, string at, string file)
    {
        var before = await fixture.Host.InDatabaseAsync(db => db.Maps.CountAsync());
        using var body = Body(file);
        using var response = await fixture.SendAsync(body);

        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal((422, "ANA-0065"), ((int)response.StatusCode, document.RootElement.GetProperty("code").GetString()));
        Assert.Contains((at, code), document.RootElement.GetProperty("errors").EnumerateArray().Select(error => (error.GetProperty("at").GetString(), error.GetProperty("code").GetString())));
        Assert.Equal(before, await fixture.Host.InDatabaseAsync(db => db.Maps.CountAsync()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[")]
    [InlineData("{\"type\":\"Topology\",\"objects\":{}}")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[]}")]
    [InlineData("code,name\n130102,长安区")]
    public async Task Import_NoGeoJson_Is422(string file)
    {
        using var body = Body(file);
        using var response = await fixture.SendAsync(body);
        await AnalyticsFixture.RefusedAsync(response, 422, "ANA-0061");
    }

    [Theory]
    [InlineData("urn:ogc:def:crs:EPSG::3857", 422)]
    [InlineData("urn:ogc:def:crs:EPSG::4547", 422)]
    [InlineData("urn:ogc:def:crs:OGC:1.3:CRS84", 201)]
    [InlineData("urn:ogc:def:crs:EPSG::4490", 201)]
    public async Task Import_NamedSystem_OnlyDegreesPass(string crs, int status)
    {
        using var body = Body(All.Replace("\"features\"", $$$"""
            "crs":{"type":"name","properties":{"name":"{{{crs}}}"}},"features"
            """, StringComparison.Ordinal));
        using var response = await fixture.SendAsync(body);
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 422)
        {
            await AnalyticsFixture.RefusedAsync(response, 422, "ANA-0064");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Import_Of50Megabytes_Is413_WhetherOrNotItSaysItsLength(bool saysIt)
    {
        await using var file = new Endless(50 * 1024 * 1024);
        using var body = new StreamContent(file);
        body.Headers.ContentType = new("application/geo+json");
        body.Headers.ContentLength = saysIt ? file.Size : null;
        using var response = await fixture.SendAsync(body);

        await AnalyticsFixture.RefusedAsync(response, 413, "ANA-0062");
    }

    /// <summary>Whoever says that it is too long is told so before a byte is read: here none ever comes.</summary>
    [Fact]
    public async Task Import_SaidToBeTooLarge_IsNotReadAtAll()
    {
        using var body = new ByteArrayContent([]);
        body.Headers.ContentType = new("application/geo+json");
        body.Headers.ContentLength = ImportMap.LargestFile + 1;
        using var response = await fixture.SendAsync(body);
        await AnalyticsFixture.RefusedAsync(response, 413, "ANA-0062");
    }

    [Fact]
    public async Task Import_TooLarge_IsNotReadToItsEnd()
    {
        await using var file = new Endless(50 * 1024 * 1024);
        var (_, _, _, problem) = await ImportMap.ReadAsync(PipeReader.Create(file), TestContext.Current.CancellationToken);
        Assert.Equal("ANA-0062", problem?.Code);
        Assert.InRange(file.Sent, ImportMap.LargestFile, ImportMap.LargestFile + (1024 * 1024));
    }

    [Fact]
    public async Task Import_OneWordWithoutEnd_IsNotHeld()
    {
        await using var file = new Endless(15 * 1024 * 1024, start: "{\"");
        var (_, _, _, problem) = await ImportMap.ReadAsync(PipeReader.Create(file), TestContext.Current.CancellationToken);
        Assert.Equal("ANA-0061", problem?.Code);
        Assert.InRange(file.Sent, 1, 3 * 1024 * 1024);
    }

    [Fact]
    public async Task Import_TooManyPoints_Is422()
    {
        var file = new StringBuilder("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[");
        for (var i = 0; i < 500_001; i++)
        {
            file.Append("[114,38],");
        }

        using var body = Body(file.Append("[114,38]]]}}]}").ToString());
        using var response = await fixture.SendAsync(body);
        await AnalyticsFixture.RefusedAsync(response, 422, "ANA-0063");
    }

    /// <summary>Few points, but each of its sides reaches over all others: looking whether they cross is given up.</summary>
    [Fact]
    public async Task Import_OutlineMadeToBeSlow_Is422()
    {
        const int Sides = 12_000;
        var zigzag = Enumerable.Range(0, Sides + 1).Select(i => (X: 114d + (i % 2), Y: 38 + ((double)i / Sides)));
        using var body = Body(With(0, Polygon("130102", Ring([.. zigzag, (113.9, 39), (113.9, 38), (114, 38)]))));
        using var response = await fixture.SendAsync(body);
        await AnalyticsFixture.RefusedAsync(response, 422, "ANA-0063");
    }

    [Theory]
    [InlineData("title=%20&approvalNumber=GS(2024)0650&source=x", "title")]
    [InlineData("title=x&approvalNumber=none&source=x", "approvalNumber")]
    [InlineData("title=x&approvalNumber=GS(2024)&source=x", "approvalNumber")]
    [InlineData("title=x&approvalNumber=GS(2024)0650&source=%20", "source")]
    public async Task Import_WithoutItsFacts_NamesTheField(string facts, string field)
    {
        using var body = Body(All);
        using var response = await fixture.SendAsync(body, facts);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal((422, "GEN-0011"), ((int)response.StatusCode, document.RootElement.GetProperty("code").GetString()));
        Assert.Equal(field, Assert.Single(document.RootElement.GetProperty("errors").EnumerateArray()).GetProperty("at").GetString());
    }

    [Fact]
    public async Task Import_ByAnybodyElse_Is403()
    {
        using var city = await fixture.ClientAsync(Roles.Administrator, fixture.Province.Shijiazhuang);
        using var refused = await city.PostAsync(new Uri($"/api/analytics/maps?{Facts}", UriKind.Relative), Body(All));
        await AnalyticsFixture.RefusedAsync(refused, 403, "GEN-0005");
    }

    /// <summary>Spaces without end, so that nothing is found wrong before the size is.</summary>
    private sealed class Endless(long size, string start = "") : Stream
    {
        public long Size => size;

        public long Sent { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Sent; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var now = (int)Math.Min(count, size - Sent);
            buffer.AsSpan(offset, now).Fill((byte)' ');
            if (Sent == 0)
            {
                Encoding.ASCII.GetBytes(start).CopyTo(buffer.AsSpan(offset));
            }

            Sent += now;
            return now;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
