using System.Collections.Generic;
using System.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Control;

/// <summary>Asking what arrived.</summary>
internal static class RequestRoutes
{
    public static void Map(IEndpointRouteBuilder routes, EmulatorState state)
    {
        routes.MapGet(
            "/requests",
            (string? bucket, string? method, string? operation, long? since) =>
                Find(state, bucket, method, operation, since).Select(Describe));
        routes.MapGet(
            "/requests/count",
            (string? bucket, string? method, string? operation, long? since) =>
                new { Count = Find(state, bucket, method, operation, since).Count });
        routes.MapDelete("/requests", () =>
        {
            state.Requests.Clear();
            return Results.NoContent();
        });
        routes.MapGet("/counters", () => state.Counters);
        routes.MapPost("/counters/reset", () =>
        {
            state.Counters.Reset();
            return Results.NoContent();
        });
    }

    private static IReadOnlyList<RecordedRequest> Find(
        EmulatorState state, string? bucket, string? method, string? operation, long? since) =>
        state.Requests.Where(request =>
            (bucket is null || request.Bucket == bucket)
            && (method is null || request.Method == method)
            && (operation is null || request.Operation == operation)
            && request.Number > (since ?? 0));

    private static object Describe(RecordedRequest request) => new
    {
        request.Number,
        request.Time,
        request.Method,
        request.Scheme,
        request.Host,
        request.RawTarget,
        Headers = request.Headers.Select(header => new { Name = header.Key, header.Value }),
        Body = request.BodyText,
        request.Via,
        request.ConnectionId,
        request.Bucket,
        request.Operation,
        request.Verified,
        request.Status,
    };
}
