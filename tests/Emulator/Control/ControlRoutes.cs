using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using OssPayment.Emulator.Faults;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Control;

/// <summary>Routes for the recorded requests and the counters.</summary>
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

/// <summary>Routes for the buckets and the resource pools.</summary>
internal static class BucketRoutes
{
    public static void Map(IEndpointRouteBuilder routes, EmulatorState state)
    {
        routes.MapGet("/buckets/{name}", (string name) => state.Buckets.Find(name) is { } bucket
            ? Results.Ok(Describe(bucket))
            : Results.NotFound());
        routes.MapPut("/buckets/{name}", (string name, BucketRequest request) =>
        {
            Bucket bucket = state.Buckets.Add(name, request.Region);
            bucket.Payer = request.Payer;
            bucket.ResourceGroup = request.ResourceGroup;
            bucket.Tags = request.Tags ?? bucket.Tags;
            return Results.NoContent();
        });
        routes.MapDelete("/buckets/{name}", (string name) =>
            state.Buckets.Remove(name) ? Results.NoContent() : Results.NotFound());
        routes.MapPost("/buckets/fleet", (FleetRequest request) =>
        {
            state.Buckets.AddFleet(request.Count, request.Prefix, request.Regions);
            return Results.NoContent();
        });
        routes.MapPut("/buckets/{name}/qos", (string name, Dictionary<string, long> limits) =>
        {
            if (state.Buckets.Find(name) is not { } bucket)
            {
                return Results.NotFound();
            }

            bucket.Limits = new QoSConfiguration(limits.Select(ToElement));
            return Results.NoContent();
        });
        routes.MapPut("/pools/{name}", (string name, PoolRequest request) =>
        {
            var pool = new ResourcePool(name, request.Region, Seed.OwnerAccount)
            {
                Limits = new QoSConfiguration((request.Limits ?? []).Select(ToElement)),
            };
            foreach (string bucket in request.Buckets ?? [])
            {
                pool.Add(bucket);
            }

            state.ResourcePools[name] = pool;
            return Results.NoContent();
        });
        routes.MapPut("/buckets/{name}/qos/{uid}", (string name, string uid, Dictionary<string, long> limits) =>
        {
            if (state.Buckets.Find(name) is not { } bucket)
            {
                return Results.NotFound();
            }

            bucket.Requesters.Set(uid, new QoSConfiguration(limits.Select(ToElement)));
            return Results.NoContent();
        });
    }

    private static object Describe(Bucket bucket) => new
    {
        bucket.Name,
        bucket.Region,
        bucket.Payer,
        Limits = bucket.Limits is { } limits ? Describe(limits) : [],
        Qos = bucket.Requesters.After(null).Select(qos => new
        {
            qos.Requester,
            Limits = Describe(qos.Configuration),
        }),
    };

    private static IEnumerable<string> Describe(QoSConfiguration limits) =>
        limits.Elements.Select(element => $"{element.Name}={element.Value}");

    private static XElement ToElement(KeyValuePair<string, long> limit) =>
        new(char.ToUpperInvariant(limit.Key[0]) + limit.Key[1..], limit.Value);
}

/// <summary>The body of a request that puts a bucket.</summary>
internal sealed record BucketRequest(
    string Region,
    Payer Payer = Payer.BucketOwner,
    string ResourceGroup = Bucket.DefaultResourceGroup,
    Dictionary<string, string>? Tags = null);

/// <summary>The body of a request that puts a resource pool.</summary>
internal sealed record PoolRequest(
    string Region, IReadOnlyList<string>? Buckets = null, Dictionary<string, long>? Limits = null);

/// <summary>The body of a request that adds many buckets.</summary>
internal sealed record FleetRequest(int Count, string Prefix = "fleet-", IReadOnlyList<string>? Regions = null);

/// <summary>Routes for the faults.</summary>
internal static class FaultRoutes
{
    public static void Map(IEndpointRouteBuilder routes, EmulatorState state)
    {
        routes.MapGet("/faults", () => state.Faults.All());
        routes.MapPost("/faults", (Fault fault) =>
        {
            state.Faults.Add(fault);
            return Results.NoContent();
        });
        routes.MapDelete("/faults", () =>
        {
            state.Faults.Clear();
            return Results.NoContent();
        });
    }
}

/// <summary>Routes for the settings, the key pairs, and the reset.</summary>
internal static class StateRoutes
{
    public static void Map(IEndpointRouteBuilder routes, EmulatorState state)
    {
        routes.MapGet("/keys", () => state.KeyPairs.All);
        routes.MapPost("/credentials/rotate", () =>
        {
            state.Temporary.Rotate();
            return Results.NoContent();
        });
        routes.MapGet("/settings", () => Settings.Describe(state));
        routes.MapPut("/settings", (JsonElement changes, IOptions<JsonOptions> json) =>
        {
            Settings.Apply(state, changes, json.Value.SerializerOptions);
            return Results.NoContent();
        });
        routes.MapPost("/reset", () =>
        {
            state.Reset();
            return Results.NoContent();
        });
    }
}

/// <summary>Responds to an invalid control request with a 400 whose body says what is wrong.</summary>
internal static class ErrorMiddleware
{
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
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
