using System.Net;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests;

/// <summary>Whoever looks at a place's figures stands in the audit, with the place; one look is one line.</summary>
public sealed class LooksTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private const string Place = "{organisationId:guid}";

    // The route, what the audit calls it, and what the question needs beside place and cycle.
    private static readonly (string Route, string Noun, string Query)[] s_looks =
    [
        ($"comparisons/{Place}/matrix", "dashboard", ""), ($"comparisons/{Place}/progress", "dashboard", ""), ($"comparisons/{Place}/scatter", "figure", "&x=K27&y=K01"),
        ($"comparisons/{Place}/sparklines", "figure", "&indicator=K27"), ($"comparisons/{Place}/spreads", "figure", "&indicators=K27&by=school-type"),
        ($"comparisons/{Place}/sums", "figure", "&module=money&section=all"), ($"dashboards/nodes/{Place}", "dashboard", ""), ($"dashboards/nodes/{Place}/stream", "dashboard", ""),
        ($"dashboards/schools/{Place}", "dashboard", ""), ($"dashboards/schools/{Place}/stream", "dashboard", ""), ("explore/table", "exploration", "&cycles={0}&indicators=K27&rows=county"),
        ("figures/index", "figure", ""), ("figures/{indicator}", "figure", ""), ("figures/{indicator}/breakdown", "figure", "&by=school-type"), ("figures/{indicator}/peers", "figure", ""),
        ("figures/{indicator}/schools", "figure", ""), ("figures/{indicator}/series", "figure", ""), ("figures/{indicator}/steps", "figure", ""), ($"quality/nodes/{Place}", "quality", ""),
        ($"quality/nodes/{Place}/schools", "quality", ""), ($"quality/schools/{Place}", "quality", ""),
    ];

    [Fact]
    public async Task EachLook_StandsInTheAuditOnce_WithItsPlace()
    {
        var (cycle, _) = await ReportedAsync(fixture);
        var p = fixture.Province;
        var looked = new List<(Guid Person, string Route, string Noun, Organisation Place)>();
        foreach (var (route, noun, query) in s_looks)
        {
            var place = route.Contains("schools/{", StringComparison.Ordinal) || route.EndsWith("peers", StringComparison.Ordinal) || route.EndsWith("steps", StringComparison.Ordinal) ? p.ChanganPrimary : p.Changan;
            var person = await p.PersonAsync(Roles.CountyReviewer, p.Changan);
            using var client = fixture.Host.CreateClient(person);
            var address = route.Replace(Place, place.Id.ToString(), StringComparison.Ordinal).Replace("{indicator}", "K27", StringComparison.Ordinal);
            using var answer = await client.GetAsync(
                new Uri($"/api/analytics/{address}?cycleId={cycle.Id}&organisationId={place.Id}{query.Replace("{0}", cycle.Id.ToString(), StringComparison.Ordinal)}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{route} {answer.StatusCode}");
            looked.Add((person, route, noun, place));
        }

        var audit = (await fixture.Host.AuditAsync()).ToLookup(entry => entry.ActorId);
        Assert.Equal(
            looked.Select(look => $"{look.Route} {look.Noun}.seen {look.Place.Id} {look.Place.Path}"),
            looked.Select(look => $"{look.Route} {string.Join(" and ", audit[look.Person].Select(entry => $"{entry.Act} {entry.ObjectId} {entry.OrganisationPath}"))}"));
    }

    /// <summary>A new page of figures is looked at here too.</summary>
    [Fact]
    public void EachRoute_OfFigures_IsAmongThem() => Assert.Equal(
        s_looks.Select(look => look.Route).Order(StringComparer.Ordinal),
        fixture.Host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.RawText!.Trim('/').Replace("api/analytics/", "", StringComparison.Ordinal))
            .Where(route => route.Split('/')[0] is "comparisons" or "dashboards" or "figures" or "quality" || route == "explore/table").Distinct().Order(StringComparer.Ordinal));
}
