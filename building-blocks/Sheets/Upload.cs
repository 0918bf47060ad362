using Microsoft.AspNetCore.Http;

namespace Gengdu.Sheets;

/// <summary>The one file of a form, in memory: it may be some megabytes.</summary>
public static class Upload
{
    /// <summary>What a form may wrap around its file.</summary>
    public const long Wrapping = 64 * 1024;

    /// <param name="request">A form with one file, called "file".</param>
    /// <param name="largest">In bytes.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    public static async Task<(byte[]? File, SheetFault? Refused)> ReadAsync(HttpRequest request, long largest, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
        {
            return (null, SheetFault.NoFile);
        }

        try
        {
            var form = await request.ReadFormAsync(cancellationToken);
            if (form.Files.Count != 1 || form.Files["file"] is not { Length: > 0 } file)
            {
                return (null, SheetFault.NoFile);
            }

            if (file.Length > largest)
            {
                return (null, SheetFault.TooLarge);
            }

            using var bytes = new MemoryStream((int)file.Length);
            await file.CopyToAsync(bytes, cancellationToken);
            return (bytes.ToArray(), null);
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, SheetFault.TooLarge);
        }
        catch (Exception fault) when (fault is InvalidDataException or ArgumentException or NotSupportedException or InvalidOperationException)
        {
            return (null, SheetFault.NoFile);
        }
    }
}
