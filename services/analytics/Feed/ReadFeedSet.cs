using System.Globalization;
using Gengdu.Analytics.Feed.Keys;
using Gengdu.Audit;
using Gengdu.Organisations;
using Microsoft.Extensions.Options;
using Microsoft.OData;
using Microsoft.OData.UriParser;

namespace Gengdu.Analytics.Feed;

internal static class ReadFeedSet
{
    private const string MaxPageSize = "odata.maxpagesize";

    /// <summary>A page of a set, in its own order; the link to the next one stands in it.</summary>
    public static Task<IResult> HandleAsync(
        string set, [AsParameters] FeedOptionsAsked asked, Caller caller, HttpContext http, FeedReader reader, FeedQuota quota, AuditTrail trail, IOptions<FeedOptions> options, CancellationToken cancellationToken) =>
        FeedAnswer.WithPlaceAsync(http, caller, quota, async key =>
        {
            if (FeedSets.Find(set) is not { } found)
            {
                return new FeedError(FeedProblems.UnknownSet);
            }

            var (query, refused, target) = FeedQuery.Of(found, asked, http.Request.Query.Keys);
            if (query is null)
            {
                return new FeedError(refused!, target);
            }

            var most = Preferred(http.Request) is { } preferred ? Math.Min(preferred, options.Value.PageSize) : options.Value.PageSize;
            var (page, problem) = await reader.ReadAsync(query, caller, most, cancellationToken);
            problem ??= await quota.SpendAsync(key, page!.Rows.Count, cancellationToken);
            if (problem is not null)
            {
                return new FeedError(problem);
            }

            await trail.SawAsync("feed", key, caller.PlaceOf([]), page!.Rows.Count, new { set, filtered = query.Filter.Terms.Count, later = query.After is not null });
            return new Answer(query, page, asked, Preferred(http.Request) is null ? null : most);
        });

    private static int? Preferred(HttpRequest request) => request.Headers["Prefer"].SelectMany(line => (line ?? "").Split(',', ';'))
        .Select(part => part.Split('=', 2)).Where(part => part is [var name, _] && name.Trim() == MaxPageSize)
        .Select(part => int.TryParse(part[1].Trim('"', ' '), CultureInfo.InvariantCulture, out var size) && size > 0 ? size : (int?)null).FirstOrDefault();

    private sealed class Answer(FeedQuery query, FeedPage page, FeedOptionsAsked asked, int? applied) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            if (applied is { } size)
            {
                httpContext.Response.Headers["Preference-Applied"] = $"{MaxPageSize}={size.ToString(CultureInfo.InvariantCulture)}";
            }

            var (set, root) = (FeedModel.SetOf(query.Set), FeedAddress.Root(httpContext.Request));
            await using var message = FeedMessage.Writer(httpContext, new() { ServiceRoot = root, Path = new ODataPath(new EntitySetSegment(set)), SelectAndExpand = query.Selected });
            var writer = await message.CreateODataResourceSetWriterAsync(set, set.EntityType);
            await writer.WriteStartAsync(new ODataResourceSet { Count = page.Count, NextPageLink = page.More ? Next(root) : null });
            var columns = Columns();
            foreach (var row in page.Rows)
            {
                await writer.WriteStartAsync(new ODataResource { Properties = [.. columns.Select(column => new ODataProperty { Name = column.Name, Value = FeedValues.ForClient(column.Of is { } of ? of(row) : row[column.Name]) })] });
                await writer.WriteEndAsync();
            }

            await writer.WriteEndAsync();
            await writer.FlushAsync();
        }

        private IReadOnlyList<FeedColumn> Columns() => query.Selected is not { AllSelected: false } some || some.SelectedItems.Any(item => item is WildcardSelectItem) ? query.Set.Columns
            : [.. some.SelectedItems.OfType<PathSelectItem>().Select(item => query.Set.Column(item.SelectedPath.LastSegment.Identifier)).Distinct()];

        private Uri Next(Uri root)
        {
            var top = query.Top - page.Rows.Count;
            var given = new[] { ("$select", asked.Select), ("$filter", asked.Filter), ("$orderby", asked.OrderBy), ("$top", top?.ToString(CultureInfo.InvariantCulture)), ("$skiptoken", FeedQuery.Token(query.Set, page.Rows[^1])) };
            return new(root, $"{query.Set.Name}?{string.Join('&', given.Where(one => one.Item2 is not null).Select(one => $"{one.Item1}={Uri.EscapeDataString(one.Item2!)}"))}");
        }
    }
}
