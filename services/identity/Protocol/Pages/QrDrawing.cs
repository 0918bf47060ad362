using System.Globalization;
using System.Text;
using QRCoder;

namespace Gengdu.Identity.Protocol.Pages;

/// <summary>A QR code as inline SVG: no picture is fetched, so nothing of the secret stands in an address.</summary>
internal static class QrDrawing
{
    public static string Svg(string text, string label)
    {
        // With the four empty modules around that scanners need.
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        var (rows, path) = (code.ModuleMatrix, new StringBuilder());
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                if (rows[y][x])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
                }
            }
        }

        return $"""<svg class="qr" role="img" aria-label="{Html.Encode(label)}" viewBox="0 0 {rows.Count} {rows.Count}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{rows.Count}v{rows.Count}h-{rows.Count}z"/><path fill="#000" d="{path}"/></svg>""";
    }
}
