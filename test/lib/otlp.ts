import protobuf from 'protobufjs';

// The part of opentelemetry-proto 1.x that carries histograms, for an encoder other than ours.
const SCHEMA = `
syntax = "proto3";
message AnyValue { oneof value { string string_value = 1; int64 int_value = 3; } }
message KeyValue { string key = 1; AnyValue value = 2; }
message Resource { repeated KeyValue attributes = 1; }
message HistogramDataPoint {
  repeated KeyValue attributes = 9;
  fixed64 start_time_unix_nano = 2; fixed64 time_unix_nano = 3; fixed64 count = 4;
  optional double sum = 5; repeated fixed64 bucket_counts = 6;
  repeated double explicit_bounds = 7; uint32 flags = 10;
}
message Histogram {
  repeated HistogramDataPoint data_points = 1; int32 aggregation_temporality = 2;
}
message Buckets { sint32 offset = 1; repeated uint64 bucket_counts = 2; }
message ExponentialHistogramDataPoint {
  repeated KeyValue attributes = 1;
  fixed64 start_time_unix_nano = 2; fixed64 time_unix_nano = 3; fixed64 count = 4;
  optional double sum = 5; sint32 scale = 6; fixed64 zero_count = 7;
  Buckets positive = 8; Buckets negative = 9;
}
message ExponentialHistogram {
  repeated ExponentialHistogramDataPoint data_points = 1; int32 aggregation_temporality = 2;
}
message NumberDataPoint { double as_double = 4; }
message Gauge { repeated NumberDataPoint data_points = 1; }
message Metric {
  string name = 1; string description = 2; string unit = 3;
  Gauge gauge = 5; Histogram histogram = 9; ExponentialHistogram exponential_histogram = 10;
}
message Scope { string name = 1; }
message ScopeMetrics { Scope scope = 1; repeated Metric metrics = 2; }
message ResourceMetrics { Resource resource = 1; repeated ScopeMetrics scope_metrics = 2; }
message ExportMetricsServiceRequest { repeated ResourceMetrics resource_metrics = 1; }
`;

const request = protobuf.parse(SCHEMA).root.lookupType('ExportMetricsServiceRequest');

/** The JSON form of a request as protobuf. */
export const encodeMetricsRequest = (json: object): Uint8Array =>
  request.encode(request.fromObject(json)).finish();

/** One data point of a histogram: counts per bucket, their sum in seconds, and its attributes. */
export interface PointOptions {
  readonly counts: readonly number[];
  readonly sum: number;
  readonly route?: string;
  readonly startedAt?: string;
  readonly status?: number;
}

/** An OTLP request with one histogram, as an SDK makes it: bounds 100, 200 and 500 ms. */
export function metricsRequest(
  points: readonly PointOptions[],
  {
    name = 'http.server.request.duration',
    isDelta = true,
  }: { readonly name?: string; readonly isDelta?: boolean } = {},
) {
  const dataPoints = points.map(
    ({ counts, sum, route = '/infer', startedAt = '1764039600000000000', status }) => ({
      attributes: [
        { key: 'http.route', value: { stringValue: route } },
        ...(status === undefined
          ? []
          : [{ key: 'http.response.status_code', value: { intValue: String(status) } }]),
      ],
      startTimeUnixNano: startedAt,
      timeUnixNano: '1764039601000000000',
      count: String(counts.reduce((a, b) => a + b, 0)),
      sum,
      bucketCounts: counts.map(String),
      explicitBounds: [0.1, 0.2, 0.5],
    }),
  );
  const metric = {
    name,
    unit: 's',
    histogram: { dataPoints, aggregationTemporality: isDelta ? 1 : 2 },
  };
  const gauge = {
    name: 'process.cpu.utilization',
    unit: '1',
    gauge: { dataPoints: [{ asDouble: 0.5 }] },
  };
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'face' } }] };
  return {
    resourceMetrics: [
      { resource, scopeMetrics: [{ scope: { name: 'http' }, metrics: [gauge, metric] }] },
    ],
  };
}
