using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.Printing;

public static class PrintingExtensions
{
    /// <summary>The browser with its turns, and what the health page says of it.</summary>
    public static void AddPrinting(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<PrintingOptions>().BindConfiguration(PrintingOptions.Section).ValidateDataAnnotations();
        builder.Services.AddSingleton<Chromium>().AddSingleton<PdfPrinter>();
        builder.Services.AddHealthChecks().AddCheck<PdfPrinter>("printing");
    }
}
