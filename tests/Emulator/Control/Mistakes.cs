using System;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace OssPayment.Emulator.Control;

/// <summary>Tells whoever writes a test what is wrong with a control request, and not only that something is.</summary>
internal static class Mistakes
{
    public static async Task ExplainAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception)
            when (exception is BadHttpRequestException or JsonException or NotSupportedException or ArgumentException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(exception.GetBaseException().Message);
        }
    }
}
