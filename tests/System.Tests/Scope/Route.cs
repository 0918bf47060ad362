using System.Text;
using System.Text.Json;
using Gengdu.System.Tests.Scope.World;

namespace Gengdu.System.Tests.Scope;

/// <summary>Whom a request is aimed at.</summary>
internal sealed record Aim(Scene Scene, Owner Owner);

/// <summary>What somebody must get who asks for something of this place: 200 stands for every 2xx.</summary>
internal delegate int Expectation(Identity who, string place);

/// <summary>
/// One route: how a request to it is filled in for an organisation so that it would succeed, and who must get what. Read
/// Routes/*.cs for examples; README.md says how to add one.
/// </summary>
internal sealed record Route(string Method, string Template)
{
    public Expectation Expected { get; init; } = (_, _) => throw new InvalidOperationException("A route says what is expected: .Expect(…)");

    /// <summary>Why there are no cells: the route knows nobody's place.</summary>
    public string? Unscoped { get; init; }

    /// <summary>Whether it is asked for once by everybody, and not for each place.</summary>
    public bool IsOnce { get; init; }

    public Func<Owner, bool> Fits { get; init; } = _ => true;

    public (int Status, Route Variant)? HarmlessVariant { get; init; }

    public IReadOnlyList<(string Who, string Place)> Controls { get; init; } = [];

    private Func<Aim, object>[] Parameters { get; init; } = [];

    private Func<Aim, string>? QueryOf { get; init; }

    private (string Type, Func<Aim, string> Content)? Body { get; init; }

    private string? FileName { get; init; }

    private IReadOnlyList<(string Name, Func<Aim, string> Value)> Headers { get; init; } = [];

    public string Name => $"{Method} {Template}";

    /// <summary>"reporting" of /api/reporting/…</summary>
    public string Service => Template.Split('/')[2];

    public bool IsRead => Method is "GET" or "HEAD";

    /// <summary>Values of the path's parameters, in order.</summary>
    public Route At(params Func<Aim, object>[] values) => this with { Parameters = values };

    public Route Query(Func<Aim, string> query) => this with { QueryOf = query };

    public Route Json(Func<Aim, object> content) => this with { Body = ("application/json", aim => JsonSerializer.Serialize(content(aim), JsonSerializerOptions.Web)) };

    public Route Text(string type, Func<Aim, string> content) => this with { Body = (type, content) };

    /// <summary>The one file of a form, under the name "file".</summary>
    public Route File(string name, Func<Aim, string> content) => this with { FileName = name, Body = ("text/csv", content) };

    public Route Header(string name, Func<Aim, string> value) => this with { Headers = [.. Headers.Where(header => header.Name != name), (name, value)] };

    public Route IfMatch(Func<Aim, long> version) => Header("If-Match", aim => $"\"v{version(aim)}\"");

    public Route Expect(Expectation expected) => this with { Expected = expected };

    /// <summary>Only for owners of these levels.</summary>
    public Route Only(params string[] levels) => this with { Fits = owner => levels.Contains(owner.Level) };

    /// <summary>Only for some owners; they are asked without what belongs to them.</summary>
    public Route Where(Func<Owner, bool> fits) => this with { Fits = fits };

    /// <summary>The same for every place, so it is asked for once.</summary>
    public Route Once() => this with { IsOnce = true };

    /// <summary>
    /// For who may: the same request with one thing wrong, and the status that says so. It shows that the right is there
    /// without using it, so it may be tried from everywhere.
    /// </summary>
    public Route Harmless(int status, Func<Route, Route> wrong) => this with { HarmlessVariant = (status, wrong(this)) };

    /// <summary>Positive control: the real request by somebody who may, at a place kept for it. Needed by every route that changes something.</summary>
    public Route Control(string who, string place = Cast.ControlPlace) => this with { Controls = [.. Controls, (who, place)] };

    public HttpRequestMessage Request(Aim aim)
    {
        var path = new StringBuilder();
        var next = 0;
        foreach (var part in Template.Split('/').Skip(1))
        {
            path.Append('/').Append(part.StartsWith('{') ? Uri.EscapeDataString(Convert.ToString(Parameters[next++](aim), global::System.Globalization.CultureInfo.InvariantCulture)!) : part);
        }

        if (QueryOf is not null)
        {
            path.Append('?').Append(QueryOf(aim));
        }

        var request = new HttpRequestMessage(new(Method), path.ToString());
        if (Body is var (type, content))
        {
            var text = new StringContent(content(aim), Encoding.UTF8, type);
            request.Content = FileName is null ? text : new MultipartFormDataContent { { text, "file", FileName } };
        }

        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value(aim));
        }

        request.Headers.AcceptLanguage.ParseAdd("en");
        return request;
    }
}

/// <summary>The words of the declarations.</summary>
internal static class Declare
{
    public static Route Get(string template) => new("GET", template);

    public static Route Post(string template) => new("POST", template);

    public static Route Put(string template) => new("PUT", template);

    public static Route Patch(string template) => new("PATCH", template);

    public static Route Delete(string template) => new("DELETE", template);

    /// <summary>A route that is about nobody's place: said with the reason, and tested elsewhere.</summary>
    public static Route Unscoped(string method, string template, string why) => new(method, template) { Unscoped = why };

    /// <summary>Whoever is signed in; what is in the answer is filtered.</summary>
    public static int Everyone(Identity who, string place) => 200;

    /// <summary>404 outside, else fine.</summary>
    public static int Seen(Identity who, string place) => who.Sees(place) ? 200 : 404;

    /// <summary>404 outside, 403 inside without one of these roles covering the place.</summary>
    public static Expectation Within(params string[] roles) => (who, place) => !who.Sees(place) ? 404 : who.May(place, roles) ? 200 : 403;

    /// <summary>403 without one of these roles anywhere; what is in the answer is filtered.</summary>
    public static Expectation Holding(params string[] roles) => (who, _) => who.Has(roles) ? 200 : 403;

    /// <summary>403 without one of these roles at the province itself.</summary>
    public static Expectation AtProvince(params string[] roles) => (who, _) => who.Is(Tree.Province, roles) ? 200 : 403;

    /// <summary>404 outside, 403 inside for all but the organisation's own people in these roles.</summary>
    public static Expectation Own(params string[] roles) => (who, place) => !who.Sees(place) ? 404 : who.Is(place, roles) ? 200 : 403;
}
