using System.Globalization;
using System.Text;
using Gengdu.Analytics.Comparisons;
using Gengdu.Analytics.Dashboards;
using Gengdu.Rules;
using static Gengdu.Analytics.Exports.Pages.Plots.Plot;

namespace Gengdu.Analytics.Exports.Pages;

/// <summary>What lies below as a list: how far reporting has come, the index, the first areas, and where one number comes from over the cycles.</summary>
internal static class NodeList
{
    private const int AreasShown = 4;

    public static string Write(NodeDashboardResponse node, (Indicator Indicator, SparklinesResponse Lines)? trends, Programme programme, string unit, PageWords words)
    {
        if (node.Children.Count == 0)
        {
            return "";
        }

        var areas = programme.Areas.Take(AreasShown).ToList();
        string[] heads = [unit, words.Of("上报率", "Submitted"), words.Of("已报/应报", "Submitted/due"), words.Of("按时率", "On time"), words.Of("省级已确认", "Accepted"), words.Of("指数", "Index"),
            .. areas.Select(area => words.Of(area.Name)), .. trends is var (of, _) ? [words.Of(of.Name)] : Array.Empty<string>()];
        var lines = trends?.Lines.Places.ToDictionary(place => place.OrganisationId, place => place.Values) ?? [];
        var html = new StringBuilder("<table class=\"listing\"><thead><tr>").AppendJoin("", heads.Select(head => $"<th>{head}</th>")).Append("</tr></thead><tbody>");
        foreach (var child in node.Children.OrderByDescending(child => child.Completeness.Rate ?? -1).ThenBy(child => child.Organisation.Code, StringComparer.Ordinal))
        {
            var reported = child.Completeness;
            html.Append(CultureInfo.InvariantCulture, $"<tr><th>{words.Of(child.Organisation)}</th><td>{PageWords.Share(reported.Rate)}</td><td>{PageWords.Count(reported.Submitted)}/{PageWords.Count(reported.Due)}</td><td>{PageWords.Share(reported.TimelyRate)}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td>{PageWords.Count(reported.Accepted)}</td><td>{PageCharts.Light(child.Index.Light, words)} {PageWords.Score(child.Index.Value)}</td>")
                .AppendJoin("", areas.Select(area => child.Areas.FirstOrDefault(one => one.Key == area.Key) ?? new(area.Key, null, "none")).Select(area => $"<td>{PageCharts.Light(area.Light, words)} {PageWords.Score(area.Score)}</td>"));
            if (trends is var (indicator, _))
            {
                var values = lines.GetValueOrDefault(child.Organisation.Id) ?? [];
                html.Append(CultureInfo.InvariantCulture, $"<td>{Spark(values)} {(values.Count == 0 ? "" : PrintedPage.Encode(words.Said(indicator, values[^1])))}</td>");
            }

            html.Append("</tr>");
        }

        return PageFrame.Card(words.Of("明细表", "Table"), html.Append("</tbody></table>").ToString());
    }

    /// <summary>A number over the cycles in the height of a line; the last one is dotted, a gap stays a gap.</summary>
    private static string Spark(IReadOnlyList<decimal?> values)
    {
        var known = values.OfType<decimal>().Select(value => (double)value).ToList();
        if (known.Count == 0)
        {
            return "";
        }

        var (low, high) = (known.Min(), known.Max());
        double X(int at) => values.Count > 1 ? 3 + (58.0 * at / (values.Count - 1)) : 32;
        double Y(decimal value) => high - low < 1e-9 ? 9 : 15 - (((double)value - low) / (high - low) * 12);
        var path = string.Concat(values.Select((value, at) => value is { } some ? $"{(at > 0 && values[at - 1] is not null ? "L" : "M")}{N(X(at))} {N(Y(some))}" : ""));
        var last = values.Count - 1 - values.Reverse().TakeWhile(value => value is null).Count();
        return $"<svg class=\"spark\" viewBox=\"0 0 64 18\" aria-hidden=\"true\"><path d=\"{path}\"/><circle cx=\"{N(X(last))}\" cy=\"{N(Y(values[last]!.Value))}\" r=\"2.5\"/></svg>";
    }
}
