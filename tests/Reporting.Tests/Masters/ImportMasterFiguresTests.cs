using System.Text;
using System.Text.Json;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Masters;

public sealed class ImportMasterFiguresTests(ReportingFixture fixture)
{
    private static readonly string[] Heading = ["学校代码", "学校名称", "学籍在校生数", "学籍班级数", "登记专任教师数"];

    [Fact]
    public async Task Post_ShowsTheDifferences_AppliesExactlyThem_AndTheFormOffersThemWithTheirRegister()
    {
        var (school, other) = (await fixture.Province.SchoolAsync(fixture.Province.Changan), await fixture.Province.SchoolAsync(fixture.Province.Changan));
        var desk = await fixture.DeskAsync(school);
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var file = TestWorkbook.Of([["学校代码", "一年级学籍在校生数", "Grade 2: Pupils in the register", "登记专任教师数"], [school.Code, "#41", "#39", "１，２０３"], [other.Code, "", "", "7"], ["2199999998", "1", "1", "1"]]);

        var preview = await BodyAsync(await ImportAsync(owner, file, "?preview=true"));
        Assert.Equal((false, 3, 2, 1), (preview.GetProperty("applied").GetBoolean(), Number(preview, "rows"), Number(preview, "new"), Number(preview, "refused")));
        Assert.Equal(["students/g1 →41", "students/g2 →39", "teachers →1203", "students →80"], Figures(preview, 0));
        Assert.Equal(0, await fixture.Host.InDatabaseAsync(db => db.MasterFigures.CountAsync(f => f.OrganisationId == school.Id)));
        await RefusedAsync(await ImportAsync(owner, file), 428, "GEN-0008");
        await RefusedAsync(await ImportAsync(owner, file, "?fingerprint=0123"), 412, "GEN-0007");

        var fingerprint = preview.GetProperty("fingerprint").GetString();
        Assert.True((await BodyAsync(await ImportAsync(owner, file, $"?fingerprint={fingerprint}"))).GetProperty("applied").GetBoolean());
        var context = (await desk.ReadAsync()).GetProperty("context");
        Assert.Equal((80, 41), (Number(context.GetProperty("master"), "students"), Number(context.GetProperty("master"), "students/g1")));
        Assert.Equal(("学籍系统", "2026-09-01"), (Text(context.GetProperty("registers").GetProperty("teachers"), "source"), Text(context.GetProperty("registers").GetProperty("teachers"), "asOf")));
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        Assert.Equal(JsonValueKind.Null, (await desk.ReadAsync(county)).GetProperty("context").GetProperty("registers").ValueKind);

        // The same bytes mean something else now: what was shown is no more.
        await RefusedAsync(await ImportAsync(owner, file, $"?fingerprint={fingerprint}"), 412, "GEN-0007");
        Assert.Equal((0, 2), (Number(await BodyAsync(await ImportAsync(owner, file, "?preview=true")), "new"), Number(await BodyAsync(await ImportAsync(owner, file, "?preview=true")), "unchanged")));
        Assert.Equal(2, Number(await BodyAsync(await ImportAsync(owner, file, "?preview=true", asOf: "2026-08-01")), "kept"));
    }

    [Fact]
    public async Task Post_RowsThatCannotBe_AreNamedByRowAndColumn_FromXlsxAndBothEncodings()
    {
        var (first, second) = (await fixture.Province.SchoolAsync(fixture.Province.Changan), await fixture.Province.SchoolAsync(fixture.Province.Changan));
        using var administrator = await fixture.ClientAsync(Roles.Administrator, fixture.Province.Changan);
        (string[] Row, string? Fault)[] cases =
        [
            ([first.Code, "名称不比对", "1,032", "24", "66"], null),
            ([first.Code, "", "1", "1", "1"], "code duplicate"),
            ([second.Code, "", "－5", "1", ""], "students formula"),
            ([second.Code, "", "12.5", "", ""], "students number"),
            ([second.Code, "", "约三百", "", ""], "students number"),
            ([second.Code, "", "1,5", "", ""], "students number"),
            ([second.Code, "", "1e9", "", ""], "students number"),
            ([second.Code, "", "99999999", "", ""], "students number"),
            ([second.Code, "", "=1+1", "", ""], "students formula"),
            ([second.Code, "", "", "", ""], " empty"),
            ([fixture.Province.DingzhouPrimary.Code, "", "1", "", ""], "code unknown"),
            (["2188888888", "", "1", "", ""], "code unknown"),
            (["", "", "1", "", ""], "code unknown"),
        ];
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        // What a full-width minus or a formula is said to be differs with the file: the sign is normalised, a sheet marks its formulas.
        var csv = string.Join("\r\n", cases.Select(c => string.Join('\t', c.Row)).Prepend(string.Join('\t', Heading)));
        foreach (var file in new[] { TestWorkbook.Of(cases.Select(c => c.Row).Prepend(Heading)), new UTF8Encoding(true).GetBytes(csv), Encoding.GetEncoding("GB18030").GetBytes(csv) })
        {
            var answer = await BodyAsync(await ImportAsync(administrator, file, "?preview=true"));
            var byRow = answer.GetProperty("shown").EnumerateArray().ToDictionary(row => Number(row, "row"), row => row.GetProperty("faults").EnumerateArray().Select(f => $"{Text(f, "column")} {Text(f, "code")}").ToArray());
            for (var i = 0; i < cases.Length; i++)
            {
                var expected = cases[i].Row[2] == "－5" ? "students number" : cases[i].Fault;
                Assert.True(expected is null ? byRow[i + 2].Length == 0 : byRow[i + 2].Contains(expected), $"row {i + 2}: {string.Join(";", byRow[i + 2])}");
            }

            Assert.Equal((1, cases.Length - 1), (Number(answer, "new"), Number(answer, "refused")));
        }

        // A school of elsewhere and one that is not are told apart by nobody.
        var foreign = (await BodyAsync(await ImportAsync(administrator, Encoding.UTF8.GetBytes($"code,students\n{fixture.Province.DingzhouPrimary.Code},1\n2188888888,1"), "?preview=true"))).GetProperty("shown");
        Assert.Equal(foreign[0].GetProperty("faults").ToString(), foreign[1].GetProperty("faults").ToString());
        Assert.Equal(JsonValueKind.Null, foreign[0].GetProperty("nameZh").ValueKind);
    }

    [Fact]
    public async Task Post_GradesThatDoNotFit_AreRefused_AndAZeroOfThemIsNone()
    {
        var school = await fixture.Province.SchoolAsync(fixture.Province.Changan);
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        async Task<JsonElement> RowAsync(string cells) =>
            (await BodyAsync(await ImportAsync(owner, Encoding.UTF8.GetBytes($"code,students,students/g1,students/g12\n{school.Code},{cells}"), "?preview=true"))).GetProperty("shown")[0];

        Assert.Equal("grade", Text((await RowAsync("9,1,8")).GetProperty("faults")[0], "code"));
        Assert.Equal("total", Text((await RowAsync("5,6,0")).GetProperty("faults")[0], "code"));
        Assert.Equal(["students", "students/g1"], (await RowAsync("5,5,0")).GetProperty("figures").EnumerateArray().Select(f => Text(f, "key")));
    }

    public static TheoryData<string, string> BadFiles => new()
    {
        { "macro", "RPT-0342" }, { "headers", "RPT-0345" }, { "no figures", "RPT-0345" }, { "empty", "RPT-0346" }, { "old", "RPT-0341" }, { "noise", "RPT-0341" }, { "cut", "RPT-0341" },
        { "rows", "RPT-0344" }, { "large", "RPT-0343" }, { "nothing", "RPT-0340" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task Post_AFileThatIsNone_IsRefused(string kind, string code)
    {
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        string[] row = [fixture.Province.ChanganPrimary.Code, "", "1", "1", "1"];
        var file = kind switch
        {
            "macro" => TestWorkbook.Of([Heading, row], ("xl/vbaProject.bin", [1, 2, 3])),
            "headers" => TestWorkbook.Of([["学校代码", "电话", "学籍在校生数", "学籍在校生数"], row]),
            "no figures" => TestWorkbook.Of([["学校代码", "学校名称"], row]),
            "empty" => TestWorkbook.Of([Heading]),
            "old" => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
            "noise" => [0, 159, 146, 150, 0, 1],
            "cut" => TestWorkbook.Of([Heading, row])[..200],
            "rows" => Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat("2100000000,1", 50_001).Prepend("code,students"))),
            "large" => new byte[(12 * 1024 * 1024) + 1],
            _ => [],
        };
        var problem = await RefusedAsync(await ImportAsync(owner, file, "?preview=true"), code == "RPT-0343" ? 413 : 422, code);
        if (kind == "headers")
        {
            Assert.Equal(["电话 unknown-column", "学籍在校生数 duplicate-column"], problem.GetProperty("errors").EnumerateArray().Select(e => $"{Text(e, "at")} {Text(e, "code")}"));
        }
    }

    [Fact]
    public async Task Post_AWholeProvince_IsReadToTheLastRow()
    {
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var rows = Enumerable.Range(0, 49_999).Select(i => $"{4100000000L + i},5").Append($"{fixture.Province.ChanganPrimary.Code},321");

        var answer = await BodyAsync(await ImportAsync(owner, Encoding.UTF8.GetBytes(string.Join('\n', rows.Prepend("code,students"))), "?preview=true"));

        Assert.Equal((50_000, 49_999), (Number(answer, "rows"), Number(answer, "refused")));
        Assert.Equal(301, answer.GetProperty("shown").GetArrayLength());
    }

    [Fact]
    public async Task Post_ByOthers_WithoutARegister_OrOfTomorrow_IsRefused_AndTheRestIsAudited()
    {
        // A school of its own: what a register says of a school shows in every form of it.
        var file = Encoding.UTF8.GetBytes($"code,students\n{(await fixture.Province.SchoolAsync(fixture.Province.Changan)).Code},5");
        foreach (var role in new[] { Roles.CountyReviewer, Roles.Auditor, Roles.SecurityAdministrator })
        {
            using var other = await fixture.ClientAsync(role, fixture.Province.Changan);
            await RefusedAsync(await ImportAsync(other, file, "?preview=true"), 403, "GEN-0005");
        }

        using var administrator = await fixture.ClientAsync(Roles.Administrator, fixture.Province.Changan);
        var problem = await RefusedAsync(await ImportAsync(administrator, file, "?preview=true", source: " ", asOf: "2999-01-01"), 422, "GEN-0011");
        Assert.Equal(["source", "asOf"], problem.GetProperty("errors").EnumerateArray().Select(e => Text(e, "at")));
        var fingerprint = Text(await BodyAsync(await ImportAsync(administrator, file, "?preview=true")), "fingerprint");
        await BodyAsync(await ImportAsync(administrator, file, $"?fingerprint={fingerprint}"));
        Assert.Contains(await fixture.Host.AuditAsync(), act => act is { Act: "master-figures.imported", Rows: 1 } && act.ObjectId == fingerprint);
    }

    private static async Task<HttpResponseMessage> ImportAsync(HttpClient client, byte[] file, string query = "?", string source = "学籍系统", string asOf = "2026-09-01")
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "register.xlsx" } };
        return await client.PostAsync(new Uri($"/api/reporting/master-figures/imports{query}&source={Uri.EscapeDataString(source)}&asOf={asOf}", UriKind.Relative), form);
    }

    private static IEnumerable<string> Figures(JsonElement answer, int row) =>
        answer.GetProperty("shown")[row].GetProperty("figures").EnumerateArray().Select(f => $"{Text(f, "key")} {(f.GetProperty("old").ValueKind == JsonValueKind.Null ? "" : f.GetProperty("old").ToString())}→{f.GetProperty("new")}");

    private static int Number(JsonElement of, string member) => of.GetProperty(member).GetInt32();

    private static string Text(JsonElement of, string member) => of.GetProperty(member).GetString()!;
}
