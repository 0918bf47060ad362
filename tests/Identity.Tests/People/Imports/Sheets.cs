using System.Text;
using Gengdu.TestKit;

namespace Gengdu.Identity.Tests.People.Imports;

/// <summary>Files as a county desk sends them, good and bad.</summary>
internal static class Sheets
{
    public static readonly string[] Heading = ["姓名", "登录名", "角色", "机构代码", "有效期至"];

    public static byte[] Csv(params string[][] rows) => Encoding.UTF8.GetBytes(string.Join("\r\n", rows.Prepend(Heading).Select(row => string.Join(',', row))));

    /// <inheritdoc cref="TestWorkbook.Of"/>
    public static byte[] Xlsx(IEnumerable<string[]> rows, params (string Name, byte[] Content)[] more) => TestWorkbook.Of(rows, more);

    public static async Task<HttpResponseMessage> ImportAsync(this HttpClient client, byte[] file, string query = "", string name = "people.xlsx")
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", name } };
        return await client.PostAsync(Arranging.At($"/api/identity/people/imports{query}"), form);
    }
}
