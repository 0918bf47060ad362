using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Gengdu.Analytics.Feed.Keys;
using Gengdu.Organisations;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;

namespace Gengdu.Analytics.Tests.Feed;

/// <summary>Making keys as the page does, and reading with them as Excel does.</summary>
internal static class Feeds
{
    public const string Keys = "/api/analytics/feed-keys";
    public const string Root = "/api/analytics/feed";

    public static async Task<MadeFeedKeyResponse> MadeAsync(this HttpClient client, string name = "办公室电脑", int days = 90)
    {
        using var response = await client.PostAsJsonAsync(Keys, new MakeFeedKeyRequest(name, days));
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        return (await response.Content.ReadFromJsonAsync<MadeFeedKeyResponse>(AnalyticsFixture.Json))!;
    }

    public static async Task<FeedKeysResponse> KeysAsync(this HttpClient client) => (await client.GetFromJsonAsync<FeedKeysResponse>(Keys, AnalyticsFixture.Json))!;

    /// <summary>A spreadsheet with a key of a new person in this role.</summary>
    public static async Task<HttpClient> SheetAsync(this AnalyticsFixture fixture, string role, Organisation at)
    {
        using var person = await fixture.ClientAsync(role, at);
        return fixture.Sheet(await person.MadeAsync());
    }

    public static HttpClient Sheet(this AnalyticsFixture fixture, MadeFeedKeyResponse key) => fixture.Sheet($"{key.UserName}:{key.Secret}");

    public static HttpClient Sheet(this AnalyticsFixture fixture, string userAndSecret)
    {
        var client = fixture.Host.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(userAndSecret)));
        return client;
    }

    public static async Task<HttpResponseMessage> AskAsync(this HttpClient sheet, string address, int? maxPageSize = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, address.StartsWith("http", StringComparison.Ordinal) ? address : $"{Root}{address}");
        message.Headers.AcceptLanguage.ParseAdd("en");
        if (maxPageSize is { } size)
        {
            message.Headers.Add("Prefer", $"odata.maxpagesize={size}");
        }

        return await sheet.SendAsync(message);
    }

    public static async Task<JsonElement> JsonAsync(this HttpClient sheet, string address, int? maxPageSize = null)
    {
        using var response = await sheet.AskAsync(address, maxPageSize);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{response.StatusCode} {text}");
        Assert.Equal("4.0", response.Headers.GetValues("OData-Version").Single());
        return JsonDocument.Parse(text).RootElement.Clone();
    }

    public static async Task<List<JsonElement>> RowsAsync(this HttpClient sheet, string address) => [.. (await sheet.JsonAsync(address)).GetProperty("value").EnumerateArray()];

    /// <summary>Follows the links to the end, as every client does.</summary>
    public static async Task<(List<JsonElement> Rows, int Pages)> AllAsync(this HttpClient sheet, string address, int maxPageSize)
    {
        var (rows, pages) = (new List<JsonElement>(), 0);
        for (string? next = address; next is not null; pages++)
        {
            var page = await sheet.JsonAsync(next, maxPageSize);
            rows.AddRange(page.GetProperty("value").EnumerateArray());
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
        }

        return (rows, pages);
    }

    /// <summary>A refusal in OData's form: status, code, both languages, and which option it is about.</summary>
    public static async Task<HttpResponseMessage> RefusedAsync(this HttpClient sheet, string address, int status, string code, string? target = null)
    {
        var response = await sheet.AskAsync(address);
        var text = await response.Content.ReadAsStringAsync();
        using var document = JsonDocument.Parse(text);
        var error = document.RootElement.GetProperty("error");
        Assert.Equal((status, code, target), ((int)response.StatusCode, error.GetProperty("code").GetString(), error.TryGetProperty("target", out var about) ? about.GetString() : null));
        Assert.Equal(["zh-CN", "en"], error.GetProperty("details").EnumerateArray().Select(detail => detail.GetProperty("code").GetString()));
        Assert.All(error.GetProperty("details").EnumerateArray(), detail => Assert.NotEqual("", detail.GetProperty("message").GetString()));
        Assert.Equal(error.GetProperty("details")[1].GetProperty("message").GetString(), error.GetProperty("message").GetString());
        return response;
    }

    /// <summary>$metadata as OData's own library reads it.</summary>
    public static async Task<IEdmModel> ModelAsync(this HttpClient sheet)
    {
        using var response = await sheet.AskAsync("/$metadata");
        Assert.Equal("application/xml", response.Content.Headers.ContentType!.MediaType);
        using var xml = System.Xml.XmlReader.Create(await response.Content.ReadAsStreamAsync());
        return CsdlReader.Parse(xml);
    }

    /// <summary>An answer as OData's own library reads it: it refuses what does not fit the model.</summary>
    public static async Task<(List<ODataResource> Rows, ODataResourceSet Set)> ConformantAsync(this HttpClient sheet, IEdmModel model, string set, string query = "")
    {
        using var response = await sheet.AskAsync($"/{set}{query}");
        using var reader = new ODataMessageReader(new Message(response, await response.Content.ReadAsByteArrayAsync()), new ODataMessageReaderSettings(), model);
        var entities = model.EntityContainer.FindEntitySet(set);
        var (rows, found) = (new List<ODataResource>(), (ODataResourceSet?)null);
        var items = reader.CreateODataResourceSetReader(entities, entities.EntityType);
        while (items.Read())
        {
            if (items.State == ODataReaderState.ResourceEnd)
            {
                rows.Add((ODataResource)items.Item);
            }
            else if (items.State == ODataReaderState.ResourceSetEnd)
            {
                found = (ODataResourceSet)items.Item;
            }
        }

        return (rows, found!);
    }

    public sealed class Message(HttpResponseMessage response, byte[] body) : IODataResponseMessage
    {
        public IEnumerable<KeyValuePair<string, string>> Headers => response.Headers.Concat(response.Content.Headers).Select(header => KeyValuePair.Create(header.Key, string.Join(',', header.Value)));

        public int StatusCode
        {
            get => (int)response.StatusCode;
            set => throw new NotSupportedException();
        }

        public string GetHeader(string headerName) => Headers.FirstOrDefault(header => header.Key.Equals(headerName, StringComparison.OrdinalIgnoreCase)).Value;

        public void SetHeader(string headerName, string headerValue) => throw new NotSupportedException();

        public Stream GetStream() => new MemoryStream(body);
    }
}
