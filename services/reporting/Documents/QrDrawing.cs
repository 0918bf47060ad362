using System.Globalization;
using System.Text;
using QRCoder;

namespace Gengdu.Reporting.Documents;

/// <summary>A QR code as inline SVG, with the four empty modules around that scanners need.</summary>
internal static class QrDrawing
{
    public static string Svg(string text)
    {
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

        return $"""<svg class="qr" viewBox="0 0 {rows.Count} {rows.Count}" shape-rendering="crispEdges"><path d="{path}"/></svg>""";
    }
}
